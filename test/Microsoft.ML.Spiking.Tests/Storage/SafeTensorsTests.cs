using System.Buffers.Binary;
using System.Text;

namespace Microsoft.ML.Spiking.Tests.Storage;

/// <summary>Arrays are what was asked for, or are refused by name; a length costs nothing before the numbers are there.</summary>
[TestClass]
public class SafeTensorsTests
{
    private static readonly (string Name, int[] Shape)[] s_shapes = [("weights", [2, 3]), ("bias", [2]), ("none", [0, 3])];

    private static byte[] Sound { get; } = Written(("weights", [2, 3], [1, 2, 3, 4, 5, 6]), ("bias", [2], [7, 8]), ("none", [0, 3], []));

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void What_was_written_is_read(bool seekable)
    {
        Dictionary<string, float[]> read = SafeTensors.Read(Stream(Sound, seekable), s_shapes);

        CollectionAssert.AreEqual(new float[] { 1, 2, 3, 4, 5, 6 }, read["weights"]);
        CollectionAssert.AreEqual(new float[] { 7, 8 }, read["bias"]);
        Assert.IsEmpty(read["none"]);
    }

    [TestMethod]
    public void Arrays_longer_than_a_piece_are_read_whole()
    {
        float[] many = [.. Enumerable.Range(0, 1_000_003).Select(i => (float)i)];

        CollectionAssert.AreEqual(many, SafeTensors.Read(Stream(Written(("many", [many.Length], many)), seekable: false), [("many", [many.Length])])["many"]);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Cut_off_anywhere_it_is_refused(bool seekable)
    {
        for (int length = 0; length < Sound.Length; length++)
        {
            byte[] cut = Sound[..length];
            Assert.ThrowsExactly<InvalidDataException>(() => SafeTensors.Read(Stream(cut, seekable), s_shapes), $"{length} bytes");
        }
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void What_follows_the_last_array_is_refused(bool seekable)
        => StringAssert.Contains(Refusal(Stream([.. Sound, 0], seekable), s_shapes), "its arrays take 32 bytes, but it holds");

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void A_shape_of_gigabytes_costs_nothing_where_they_are_not_there(bool seekable)
    {
        (string, int[])[] huge = [("huge", [400, 1_000_000])];
        byte[] file = Headed("""{"huge": {"dtype": "F32", "shape": [400, 1000000], "data_offsets": [0, 1600000000]}}""", 1000);
        long before = GC.GetAllocatedBytesForCurrentThread();

        string refusal = Refusal(Stream(file, seekable), huge);

        Assert.IsLessThan(4_000_000, GC.GetAllocatedBytesForCurrentThread() - before);
        StringAssert.Contains(refusal, seekable ? "its arrays take 1600000000 bytes, but it holds 1000." : "it is cut off in 'huge', after 250 of 400000000 numbers.");
    }

    [TestMethod]
    [DataRow(0L)]
    [DataRow(-1L)]
    [DataRow((1L << 20) + 1)]
    [DataRow(long.MaxValue)]
    public void A_header_of_an_impossible_length_is_refused(long length)
    {
        byte[] file = [.. Sound];
        BinaryPrimitives.WriteInt64LittleEndian(file, length);

        StringAssert.Contains(Refusal(Stream(file, seekable: true), s_shapes), $"its header claims {length} bytes, but must have 1 to 1048576.");
    }

    [TestMethod]
    [DataRow("null")]
    [DataRow("""{"weights": null}""")]
    [DataRow("""{"weights": {"dtype": null, "shape": [2, 3], "data_offsets": [0, 24]}}""")]
    [DataRow("""{"weights": {"dtype": "F32", "shape": [2, null], "data_offsets": [0, 24]}}""")]
    [DataRow("""{"weights": {"dtype": "F32", "shape": [2, 3], "data_offsets": [24]}}""")]
    [DataRow("""{"weights": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 1e99]}}""")]
    [DataRow("""{"weights": {"dtype": "F64", "shape": [2, 3], "data_offsets": [0, 24]}}""")]
    [DataRow("""{"weights": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, "weights": 1}""")]
    [DataRow("[[[[")]
    [DataRow("{\"\\ud800\": 1}")]
    public void A_header_that_is_none_is_refused(string header) => Refusal(Stream(Headed(header, 24), seekable: true), [("weights", [2, 3])]);

    [TestMethod]
    public void An_array_of_another_shape_is_named()
        => Assert.AreEqual("it holds no 'weights' of shape [3, 2] where that should stand.", Refusal(Stream(Sound, seekable: true), [("weights", [3, 2]), .. s_shapes[1..]]));

    [TestMethod]
    public void Arrays_that_nobody_asked_for_are_refused()
        => Assert.AreEqual("its header is no JSON, or names more than it should.", Refusal(Stream(Sound, seekable: true), s_shapes[..2]));

    [TestMethod]
    [DataRow(float.NaN, "NaN")]
    [DataRow(float.PositiveInfinity, "Infinity")]
    [DataRow(3e38f, "3E+38")]
    [DataRow(-1.5f, "-1.5")]
    public void A_number_that_cannot_be_is_named_by_its_array_and_place(float value, string said)
    {
        float[] values = [0, 1, 0, 1, 0, value];

        string refusal = Assert.ThrowsExactly<InvalidDataException>(() => SafeTensors.CheckNumbers("weights", [2, 3], values, -1, 1)).Message;

        Assert.AreEqual($"'weights'[1, 2] is {said}, but it must lie between -1 and 1.", refusal);
        SafeTensors.CheckNumbers("weights", [2, 3], [0, 1, 0, 1, 0, -1], -1, 1);
    }

    private static string Refusal(Stream file, (string, int[])[] expected) => Assert.ThrowsExactly<InvalidDataException>(() => SafeTensors.Read(file, expected)).Message;

    private static byte[] Written(params (string, int[], float[])[] arrays)
    {
        using var file = new MemoryStream();
        SafeTensors.Write(file, [.. arrays.Select(array => (array.Item1, array.Item2, (ReadOnlyMemory<float>)array.Item3))]);
        return file.ToArray();
    }

    private static byte[] Headed(string header, int numbers)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] file = [.. new byte[sizeof(long)], .. json, .. new byte[numbers]];
        BinaryPrimitives.WriteInt64LittleEndian(file, json.Length);
        return file;
    }

    private static Stream Stream(byte[] file, bool seekable) => seekable ? new MemoryStream(file) : new ForwardStream(file);

    private sealed class ForwardStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
