using static Microsoft.ML.Spiking.Tests.Checkpoints.TestPickle;

namespace Microsoft.ML.Spiking.Tests.Checkpoints;

/// <summary>Data are laid out; whatever would do anything else is refused, at no cost.</summary>
[TestClass]
public class UnpicklerTests
{
    [TestMethod]
    public void Values_of_all_kinds_are_read()
    {
        byte[] pickle = Whole(Dictionary(
            ("none", [(byte)'N']), ("yes", [0x88]), ("no", [0x89]), ("small", [(byte)'K', 200]), ("short", [(byte)'M', 0x10, 0x27]), ("minus", [(byte)'J', 0xFB, 0xFF, 0xFF, 0xFF]),
            ("long", Number(1L << 40)), ("long4", [0x8B, 1, 0, 0, 0, 0x80]), ("zero", [0x8A, 0]), ("pi", [(byte)'G', 0x40, 0x09, 0x21, 0xFB, 0x54, 0x44, 0x2D, 0x18]),
            ("é✓", Text("答え")), ("8", [0x8D, 1, 0, 0, 0, 0, 0, 0, 0, (byte)'x']), ("list", [(byte)']', (byte)'K', 1, (byte)'a', (byte)'(', (byte)'K', 2, (byte)'K', 3, (byte)'e']),
            ("pair", [(byte)'K', 1, (byte)'K', 2, 0x86]), ("set", [0x8F, (byte)'(', (byte)'K', 1, 0x90]), ("device", Call(Global("torch", "device"), Text("cuda"), Number(0))),
            ("np", Call(Global("numpy.core.multiarray", "scalar"), Call(Global("numpy", "dtype"), Text("f8"), [0x89], [0x88]), [(byte)'C', 8, 0, 0, 0, 0, 0, 0, 0xF8, 0x3F]))));

        var read = (PickleDict)Unpickler.Read(pickle, _ => null)!;

        Assert.IsNull(read["none"]);
        object?[] expected = [true, false, 200L, 10000L, -5L, 1L << 40, -128L, 0L, Math.PI, "答え", "x", "cuda", 1.5];
        CollectionAssert.AreEqual(expected, ((string[])["yes", "no", "small", "short", "minus", "long", "long4", "zero", "pi", "é✓", "8", "device", "np"]).Select(name => read[name]).ToArray());
        CollectionAssert.AreEqual((object[])[1L, 2L, 3L], (List<object?>)read["list"]!);
        CollectionAssert.AreEqual((object[])[1L, 2L], (object?[])read["pair"]!);
        CollectionAssert.AreEqual((object[])[1L], (List<object?>)read["set"]!);
    }

    [TestMethod]
    [DataRow("os", "system")]
    [DataRow("posix", "system")]
    [DataRow("subprocess", "Popen")]
    [DataRow("builtins", "eval")]
    [DataRow("builtins", "getattr")]
    [DataRow("__builtin__", "exec")]
    [DataRow("torch.nn.modules.linear", "Linear")]
    [DataRow("torch.serialization", "load")]
    [DataRow("torch", "hub.load")]
    [DataRow("numpy.core.multiarray", "_reconstruct")]
    [DataRow("collections", "OrderedDict.__class__")]
    [DataRow("System.Diagnostics", "Process.Start")]
    public void What_is_not_data_is_neither_made_nor_called(string module, string name)
    {
        string proof = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        byte[] arguments = Tuple(Text($"touch {proof}"));

        string old = Refusal(Whole(Global(module, name), arguments, "R"u8.ToArray())), stacked = Refusal(Whole(Text(module), Text(name), [0x93], arguments, "R"u8.ToArray()));

        StringAssert.Contains(old, $"it asks for '{module}.{name}', which is never made");
        Assert.AreEqual(old, stacked);
        Assert.IsFalse(File.Exists(proof));
    }

    [TestMethod]
    [DataRow("(cos\nsystem\no", DisplayName = "OBJ")]
    [DataRow("(ios\nsystem\n", DisplayName = "INST")]
    [DataRow(")\u0081", DisplayName = "NEWOBJ")]
    [DataRow("))}\u0092", DisplayName = "NEWOBJ_EX")]
    [DataRow("\u0082\u0001", DisplayName = "EXT1")]
    [DataRow("\u0097", DisplayName = "NEXT_BUFFER")]
    [DataRow("Pstorage\n", DisplayName = "PERSID")]
    [DataRow("I1\n", DisplayName = "INT of protocol 0")]
    public void Instructions_that_lay_out_no_data_are_refused(string instructions)
        => Refusal([0x80, 2, .. instructions.Select(c => (byte)c), (byte)'.']);

    [TestMethod]
    [DataRow("]}R.", DisplayName = "a list called")]
    [DataRow("ccollections\nOrderedDict\n(K\u0001tR.", DisplayName = "an OrderedDict of something")]
    [DataRow("ctorch\nFloatStorage\n)R.", DisplayName = "a storage's class called")]
    [DataRow("c__builtin__\nlist\n)R.", DisplayName = "a list's class called")]
    [DataRow("]}b.", DisplayName = "a state for a list")]
    [DataRow("Q.", DisplayName = "a storage of nothing")]
    [DataRow("(K\u0001K\u0002tQ.", DisplayName = "a storage of numbers")]
    [DataRow("K\u0001K\u0002.", DisplayName = "two values")]
    [DataRow("(K\u0001.", DisplayName = "a mark left")]
    [DataRow("t.", DisplayName = "no mark")]
    [DataRow("(0.", DisplayName = "below a mark")]
    [DataRow("}K\u0001a.", DisplayName = "APPEND to a dictionary")]
    [DataRow("](K\u0001K\u0002u.", DisplayName = "SETITEMS of a list")]
    [DataRow("}(K\u0001u.", DisplayName = "a key without a value")]
    [DataRow("h\u0001.", DisplayName = "a value that was not kept")]
    [DataRow("q\u0001.", DisplayName = "nothing to keep")]
    [DataRow("X\u0004\u0000\u0000\u0000a.", DisplayName = "a text cut off")]
    [DataRow("K\u0001", DisplayName = "no end")]
    [DataRow("cos", DisplayName = "a name cut off")]
    [DataRow("\u008a\u0009\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u0009.", DisplayName = "nine bytes of a number")]
    [DataRow("\u0080\u0001N.", DisplayName = "protocol 1")]
    public void What_PyTorch_does_not_write_is_refused(string instructions) => Refusal([0x80, 2, .. instructions.Select(c => (byte)c)]);

    [TestMethod]
    public void Texts_that_are_no_Unicode_are_refused()
        => Assert.Throws<ArgumentException>(() => Unpickler.Read([0x80, 2, 0x8C, 1, 0xFF, (byte)'.'], _ => null));   // of which ForeignFile makes the documented exception

    [TestMethod]
    [DataRow((byte)0x8D)]
    [DataRow((byte)0x8E)]
    [DataRow((byte)0x96)]
    public void A_length_that_lies_costs_nothing(byte instruction)
        => Cheap(() => StringAssert.Contains(Refusal([0x80, 4, instruction, 0, 0, 0, 0, 0, 0, 0, 0x40, (byte)'.']), "it is cut off"));

    [TestMethod]
    public void A_list_within_itself_is_a_list() => Cheap(() => Unpickler.Read([0x80, 2, (byte)']', (byte)'q', 0, (byte)'h', 0, (byte)'a', (byte)'.'], _ => null));

    [TestMethod]
    public void Lists_of_lists_that_would_unfold_to_billions_stay_folded() => Cheap(() =>
    {
        List<byte> pickle = [0x80, 2, (byte)'(', (byte)']', (byte)'q', 0];
        for (byte level = 1; level < 60; level++) pickle.AddRange([(byte)']', (byte)'(', (byte)'h', (byte)(level - 1), (byte)'h', (byte)(level - 1), (byte)'e', (byte)'q', level]);
        Assert.HasCount(60, (object?[])Unpickler.Read([.. pickle, (byte)'t', (byte)'.'], _ => null)!);
    });

    [TestMethod]
    public void Depth_does_no_harm()
    {
        const int Deep = 500_000;
        Assert.IsNotNull(Unpickler.Read([0x80, 2, (byte)')', .. Enumerable.Repeat((byte)0x85, Deep), (byte)'.'], _ => null));
        StringAssert.Contains(Refusal([0x80, 2, .. Enumerable.Repeat((byte)'(', Deep)]), "more than 1000 deep");
    }

    [TestMethod]
    public void Many_values_are_refused()
        => StringAssert.Contains(Refusal([0x80, 2, .. Enumerable.Repeat((byte)']', 1 << 21), (byte)'.']), "more than 1048576 values");

    [TestMethod]
    public void A_tensor_is_a_view_of_its_storage_on_whatever_device_it_was()
    {
        var tensor = (TorchTensor)Unpickler.Read(Whole(Tensor(Stored("HalfStorage", "3", 12, "xla:0"), 2, [2, 3], [1, 4])), key => key == "3" ? 24 : null)!;

        Assert.AreEqual(("3", 2L, 6L), (tensor.Storage.Key, tensor.Offset, tensor.Count));
        Assert.AreEqual("Half [2, 3]", tensor.Said);
    }

    [TestMethod]
    [DataRow(12, 2L, DisplayName = "more numbers than bytes")]
    [DataRow(12, 13L)]
    [DataRow(12, -3L)]
    [DataRow(12, long.MaxValue)]
    [DataRow(12, 1L << 62, DisplayName = "a product of 64 bits")]
    public void A_storage_that_lies_about_its_size_is_refused(int bytes, long count)
        => StringAssert.Contains(Refusal(Whole(Tensor(Stored("DoubleStorage", "0", count), 0, [1], [1])), bytes), $"its storage '0' should hold {count} numbers of 8 bytes");

    [TestMethod]
    public void A_storage_that_is_not_there_is_named()
        => StringAssert.Contains(Refusal(Whole(Stored("FloatStorage", "../7", 1)), bytes: null), "it has no entry for its storage '../7'.");

    [TestMethod]
    [DataRow(0L, new long[] { 1L << 40 }, new long[] { 0 }, DisplayName = "expanded")]
    [DataRow(0L, new long[] { 4 }, new long[] { 0 }, DisplayName = "the same number four times")]
    [DataRow(1L, new long[] { 3 }, new long[] { 1 }, DisplayName = "beyond the end")]
    [DataRow(-1L, new long[] { 1 }, new long[] { 1 })]
    [DataRow(0L, new long[] { 2 }, new long[] { -1 })]
    [DataRow(0L, new long[] { -1 }, new long[] { 1 })]
    [DataRow(0L, new long[] { 2 }, new long[] { long.MaxValue })]
    [DataRow(0L, new[] { 1L << 32, 1L << 32 }, new long[] { 0, 0 }, DisplayName = "a product of 64 bits")]
    [DataRow(0L, new long[] { 2, 2 }, new long[] { 1 }, DisplayName = "a stride missing")]
    [DataRow(0L, new long[] { 1, 1, 1, 1, 1, 1, 1, 1, 1 }, new long[] { 1, 1, 1, 1, 1, 1, 1, 1, 1 })]
    [DataRow(long.MaxValue, new long[] { 2 }, new long[] { long.MaxValue })]
    public void A_tensor_that_is_not_within_its_storage_is_refused(long offset, long[] shape, long[] strides)
        => Cheap(() => Refusal(Whole(Tensor(Stored("FloatStorage", "0", 3), offset, shape, strides)), bytes: 12));

    private static string Refusal(byte[] pickle, long? bytes = null) => Assert.ThrowsExactly<InvalidDataException>(() => Unpickler.Read(pickle, _ => bytes)).Message;

    private static void Cheap(Action read)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        read();
        Assert.IsLessThan(200_000, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
