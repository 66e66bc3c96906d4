using PureHDF;

namespace Microsoft.ML.Spiking.Tests.Hdf;

[TestClass]
public class HdfBuilderTests
{
    [TestMethod]
    public void What_is_written_is_read() => Check(HdfFile.Root(new MemoryStream(Written())));

    [TestMethod]
    public void The_same_content_makes_the_same_bytes() => CollectionAssert.AreEqual(Written(), Written());

    [TestMethod]
    public void PureHDF_reads_the_same_numbers_as_we_do()
    {
        using var file = H5File.Open(new MemoryStream(Written()));
        CollectionAssert.AreEqual(Numbers(3000 * 7), file.Group("node").Dataset("weight").Read<double[]>());
        Assert.AreEqual("NIRGraph", file.Group("node").Dataset("type").Read<string>());
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(5000)]
    [DataRow(100_000)]
    [DataRow(3_000_000)]
    public void A_text_may_be_of_any_length(int length)
    {
        var root = new HdfBuilder();
        string text = string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + i % 26)));
        root.Add("text", text);
        root.Add("after", "short");
        using var stream = new MemoryStream();
        root.Write(stream);
        HdfGroup read = HdfFile.Root(stream);
        Assert.AreEqual(text, read.Dataset("text").Texts().Single());
        Assert.AreEqual("short", read.Dataset("after").Texts().Single());
    }

    private static byte[] Written()
    {
        var root = new HdfBuilder();
        HdfBuilder node = root.Group("node");
        foreach (string name in (string[])["type", "again"]) node.Add(name, "NIRGraph");
        node.Add("weight", Numbers(3000 * 7), [3000, 7]);
        node.Add("half", [(Half)0.5f], [1]);
        node.Add("single", [0.1f, 2], [2]);
        node.Add("shape", [28L, 28], [2]);
        node.Add("names", ["a", "ü"], [1, 2]);
        node.Add("nothing", Array.Empty<float>(), [0]);
        node.Add("scalar", 0.1);
        node.Add("whole", 12L);
        node.Add("no", false);
        HdfBuilder many = node.Group("many");
        for (int i = 0; i < 100; i++) many.Group($"größe{i:00}").Add("i", (long)i);
        using var stream = new MemoryStream();
        root.Write(stream);
        return stream.ToArray();
    }

    private static void Check(HdfGroup root)
    {
        HdfGroup node = root.Group("node");
        Assert.AreEqual("NIRGraph", node.Dataset("again").Texts().Single());
        CollectionAssert.AreEqual(Numbers(3000 * 7), node.Dataset("weight").Doubles());
        CollectionAssert.AreEqual((long[])[3000, 7], node.Dataset("weight").Space.Shape.ToArray());
        CollectionAssert.AreEqual((double[])[0.5], node.Dataset("half").Doubles());
        CollectionAssert.AreEqual((double[])[0.1f, 2], node.Dataset("single").Doubles());
        CollectionAssert.AreEqual((long[])[28, 28], node.Dataset("shape").Integers());
        CollectionAssert.AreEqual((string[])["a", "ü"], node.Dataset("names").Texts());
        Assert.IsEmpty(node.Dataset("nothing").Doubles());
        Assert.AreEqual(0.1, node.Dataset("scalar").Doubles().Single());
        Assert.AreEqual(12, node.Dataset("whole").Integers().Single());
        Assert.IsFalse(node.Dataset("no").Booleans().Single());
        Assert.AreEqual(HdfKind.Boolean, node.Dataset("no").Type.Kind);
        Assert.HasCount(100, node.Group("many").Names);
        for (int i = 0; i < 100; i++) Assert.AreEqual(i, node.Group("many").Group($"größe{i:00}").Dataset("i").Integers().Single());
    }

    private static double[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(i => Math.Sin(i))];
}
