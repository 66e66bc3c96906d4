namespace Microsoft.ML.Spiking.Tests.Hdf;

/// <summary>What h5py wrote, in the form of old HDF5 libraries and of new ones. The values stand in Fixtures/make.py.</summary>
[TestClass]
public class HdfFixtureTests
{
    public static IEnumerable<object[]> Files => HdfFixture.Whole.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Files))]
    public void Texts_and_truths_are_read(string file) => HdfFixture.Read(file, root =>
    {
        Assert.AreEqual("Grüße", root.Dataset("text").Texts().Single());
        Assert.IsEmpty(root.Dataset("text").Space.Shape);
        CollectionAssert.AreEqual((string[])["ab", "cde"], root.Dataset("fixed").Texts());
        CollectionAssert.AreEqual((string[])["a", "b", "b", "cc"], root.Dataset("edges").Texts());
        CollectionAssert.AreEqual((bool[])[true], root.Dataset("truth").Booleans());
        CollectionAssert.AreEqual((bool[])[true, false], root.Dataset("truths").Booleans());
        return 0;
    });

    [TestMethod]
    [DynamicData(nameof(Files))]
    public void Numbers_of_every_size_and_byte_order_are_read_exactly(string file) => HdfFixture.Read(file, root =>
    {
        CollectionAssert.AreEqual((double[])[1.5], root.Dataset("scalar").Doubles());
        CollectionAssert.AreEqual((double[])[0.5, -2, 65504], root.Dataset("half").Doubles());
        CollectionAssert.AreEqual((double[])[0.1f, -3e38f], root.Dataset("single").Doubles());
        CollectionAssert.AreEqual((double[])[0.1f, 2], root.Dataset("big").Doubles());
        CollectionAssert.AreEqual((long[])[1, -2], root.Dataset("bigger").Integers());
        CollectionAssert.AreEqual((long[])[-128, 127], root.Dataset("i1").Integers());
        CollectionAssert.AreEqual((long[])[0, 255], root.Dataset("u1").Integers());
        CollectionAssert.AreEqual((long[])[-32768, 32767], root.Dataset("i2").Integers());
        CollectionAssert.AreEqual((long[])[0, 65535], root.Dataset("u2").Integers());
        CollectionAssert.AreEqual((long[])[int.MinValue, int.MaxValue], root.Dataset("i4").Integers());
        CollectionAssert.AreEqual((long[])[0, uint.MaxValue], root.Dataset("u4").Integers());
        CollectionAssert.AreEqual((long[])[long.MinValue, long.MaxValue], root.Dataset("i8").Integers());
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => root.Dataset("u8").Integers()).Message, "/u8: an integer is larger than 2^63");
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => root.Dataset("i8").Doubles()).Message, "larger than a float64 holds exactly");
        return 0;
    });

    [TestMethod]
    [DynamicData(nameof(Files))]
    public void Arrays_are_read_whether_packed_in_chunks_or_never_written(string file) => HdfFixture.Read(file, root =>
    {
        CollectionAssert.AreEqual((long[])[5, 7], root.Dataset("grid").Space.Shape.ToArray());
        CollectionAssert.AreEqual(Enumerable.Range(0, 35).Select(i => (double)i).ToArray(), root.Dataset("grid").Doubles());
        CollectionAssert.AreEqual(Enumerable.Range(0, 3000).Select(i => (double)(i / 100)).ToArray(), root.Dataset("ramp").Doubles());
        Assert.IsEmpty(root.Dataset("none").Doubles());
        CollectionAssert.AreEqual((double[])[7, 7, 7, 7], root.Dataset("never").Doubles());
        return 0;
    });

    [TestMethod]
    [DynamicData(nameof(Files))]
    public void A_group_of_many_names_that_are_not_ASCII_loses_none(string file) => HdfFixture.Read(file, root =>
    {
        HdfGroup many = root.Group("many");
        CollectionAssert.AreEqual(Enumerable.Range(0, 20).Select(i => $"name_{i:00}_ü").ToArray(), many.Names.ToArray());
        for (int i = 0; i < 20; i++) Assert.AreEqual(i, many.Dataset($"name_{i:00}_ü").Integers().Single());
        HdfGroup more = root.Group("more");
        CollectionAssert.AreEqual(Enumerable.Range(0, 300).Select(i => $"{i:000}").ToArray(), more.Names.ToArray());
        Assert.AreEqual(7, more.Dataset("299").Integers().Single());
        return 0;
    });

    [TestMethod]
    [DynamicData(nameof(Files))]
    public void What_is_not_read_is_named(string file) => HdfFixture.Read(file, root =>
    {
        StringAssert.Contains(Message(() => root.Dataset("compound").Doubles()), "/compound: it holds elements of type compound; float or integer is needed");
        StringAssert.Contains(Message(() => root.Dataset("text").Doubles()), "/text: it holds elements of type text");
        StringAssert.Contains(Message(() => root.Dataset("many")), "/many: it has no Type: it is no dataset");
        StringAssert.Contains(Message(() => root.Group("grid")), "/grid is no group");
        StringAssert.Contains(Message(() => root.Group("many").Dataset("x")), "/many/x is not there");
        return 0;

        string Message(Action read) => Assert.ThrowsExactly<InvalidDataException>(read).Message;
    });

    [TestMethod]
    [DataRow(16)]
    [DataRow(32)]
    [DataRow(64)]
    public void Spikes_of_a_cochlea_are_read_row_by_row(int bits) => HdfFixture.Read($"spikes{bits}.h5", root =>
    {
        HdfSequences times = root.Group("spikes").Dataset("times").Sequences(), units = root.Group("spikes").Dataset("units").Sequences();
        Assert.AreEqual(3, times.Count);
        Assert.AreEqual($"float{bits}", times.Element.Name);
        for (int pass = 0; pass < 100; pass++)   // a row may be read in every epoch
        {
            CollectionAssert.AreEqual((double[])[0.25, 0.5, 1.25], times[0]);
            Assert.IsEmpty(times[1]);
            CollectionAssert.AreEqual((double[])[0.125], times[2]);
            CollectionAssert.AreEqual((double[])[699, 0, 3], units[0]);
            CollectionAssert.AreEqual((double[])[65535], units[2]);
        }
        CollectionAssert.AreEqual((long[])[3, 0, 19], root.Dataset("labels").Integers());
        CollectionAssert.AreEqual((string[])["null", "eins"], root.Group("extra").Dataset("keys").Texts());
        return 0;
    });
}
