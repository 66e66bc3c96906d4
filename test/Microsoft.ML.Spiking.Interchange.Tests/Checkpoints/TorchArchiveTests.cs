using System.IO.Compression;
using static Microsoft.ML.Spiking.Tests.Checkpoints.TestPickle;

namespace Microsoft.ML.Spiking.Tests.Checkpoints;

/// <summary>Files that torch.save does not write are refused, whatever they were made for, at no cost.</summary>
[TestClass]
public class TorchArchiveTests
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".pth");

    [TestCleanup]
    public void Cleanup() => File.Delete(_path);

    [TestMethod]
    [DataRow("FloatStorage", new byte[] { 0, 0, 0xC0, 0x3F }, 1.5f)]
    [DataRow("DoubleStorage", new byte[] { 0, 0, 0, 0, 0, 0, 0xF8, 0x3F }, 1.5f)]
    [DataRow("HalfStorage", new byte[] { 0, 0x3E }, 1.5f)]
    [DataRow("BFloat16Storage", new byte[] { 0xC0, 0x3F }, 1.5f)]
    [DataRow("LongStorage", new byte[] { 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }, -2f)]
    [DataRow("IntStorage", new byte[] { 0xFE, 0xFF, 0xFF, 0xFF }, -2f)]
    [DataRow("ShortStorage", new byte[] { 0xFE, 0xFF }, -2f)]
    [DataRow("CharStorage", new byte[] { 0xFE }, -2f)]
    [DataRow("ByteStorage", new byte[] { 0xFE }, 254f)]
    [DataRow("BoolStorage", new byte[] { 7 }, 1f)]
    public void Numbers_of_every_type_are_read(string type, byte[] bytes, float expected)
    {
        Save(_path, Whole(Tensor(Stored(type, "0", 1), 0, [], [])), ("saved/data/0", bytes));

        CollectionAssert.AreEqual(new[] { expected }, Numbers());
    }

    [TestMethod]
    public void A_view_is_read_in_its_own_order()
    {
        Save(_path, Whole(Tensor(Stored("ByteStorage", "0", 12), 1, [2, 3], [1, 4])), ("saved/data/0", [.. Enumerable.Range(0, 12).Select(i => (byte)i)]), ("saved/byteorder", "little"u8.ToArray()));

        CollectionAssert.AreEqual(new float[] { 1, 5, 9, 2, 6, 10 }, Numbers());
    }

    [TestMethod]
    public void A_bomb_is_not_unpacked()
    {
        Save(_path, CompressionLevel.Optimal, Whole(Tensor(Stored("ByteStorage", "0", 1 << 28), 0, [1 << 28], [1])), ("saved/data/0", new byte[1 << 28]));
        long before = GC.GetTotalAllocatedBytes();

        StringAssert.Contains(Refusal(), "but torch.save packs none");

        Assert.IsLessThan(2_000_000, GC.GetTotalAllocatedBytes() - before);
    }

    [TestMethod]
    public void Tensors_that_all_show_the_same_numbers_are_refused()
    {
        byte[] tensor = Tensor(Stored("FloatStorage", "0", 1000), 0, [1000], [1]);
        Save(_path, Whole(Tuple([.. Enumerable.Repeat(tensor, 10)])), ("saved/data/0", new byte[4000]));
        using FileStream file = File.OpenRead(_path);
        using var archive = new TorchArchive(file);
        var tensors = (object?[])archive.Root()!;

        Assert.ThrowsExactly<InvalidDataException>(() =>
        {
            foreach (object? each in tensors) archive.Read((TorchTensor)each!);
        });
    }

    [TestMethod]
    [DataRow("../data/0")]
    [DataRow("saved/../../etc/passwd")]
    [DataRow("/etc/passwd")]
    [DataRow("saved\\data\\0")]
    [DataRow("saved/data\n")]
    public void Names_that_lead_elsewhere_are_refused(string name)
    {
        Save(_path, Whole([(byte)'N']), (name, [1]));

        StringAssert.Contains(Refusal(), "a name that torch.save gives to none");
    }

    [TestMethod]
    public void Entries_that_torch_does_not_write_are_refused_by_what_they_are()
    {
        Save(_path, null, ("saved/data/0", [1]));
        StringAssert.Contains(Refusal(), "it has 0 entries 'data.pkl'");
        Save(_path, Whole([(byte)'N']), ("other/data.pkl", Whole([(byte)'N'])));
        StringAssert.Contains(Refusal(), "it has 2 entries 'data.pkl'");
        Save(_path, Whole([(byte)'N']), ("saved/data/0", [1]), ("saved/data/0", [2]));
        StringAssert.Contains(Refusal(), "it has two entries 'saved/data/0'");
        Save(_path, Whole([(byte)'N']), ("saved/constants.pkl", [1]));
        StringAssert.Contains(Refusal(), "torch.jit.save");
        Save(_path, Whole([(byte)'N']), ("saved/byteorder", "big"u8.ToArray()));
        StringAssert.Contains(Refusal(), "of another order of bytes");
        File.WriteAllBytes(_path, [0x80, 2, .. Number(1), (byte)'.']);
        StringAssert.Contains(Refusal(), "from before PyTorch 1.6");
        Save(_path, new byte[Unpickler.MostBytes + 1]);
        StringAssert.Contains(Refusal(), $"no more than {Unpickler.MostBytes} are read");
    }

    [TestMethod]
    public void A_bit_that_was_turned_is_found()
    {
        Save(_path, Whole(Tensor(Stored("ByteStorage", "0", 4), 0, [4], [1])), ("saved/data/0", [1, 2, 3, 4]));
        byte[] file = File.ReadAllBytes(_path);
        file[file.AsSpan().IndexOf((byte[])[1, 2, 3, 4])] ^= 64;
        File.WriteAllBytes(_path, file);

        StringAssert.Contains(Refusal(), "their CRC-32 is another");
    }

    private float[] Numbers()
    {
        using FileStream file = File.OpenRead(_path);
        using var archive = new TorchArchive(file);
        return archive.Read((TorchTensor)archive.Root()!);
    }

    private string Refusal() => Assert.ThrowsExactly<InvalidDataException>(() => Numbers()).Message;
}
