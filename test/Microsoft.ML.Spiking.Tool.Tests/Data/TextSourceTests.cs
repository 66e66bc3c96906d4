using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Data;

[TestClass]
public class TextSourceTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow("a.csv", "x,label,y\n1,cat,2\n3,dog,4\n", null, DisplayName = "a header names the label")]
    [DataRow("a.tsv", "1\tcat\t2\n3\tdog\t4\n", null, DisplayName = "the only column of words is the label")]
    [DataRow("a.csv", "1,\"cat\",2\n3,\"dog\",4\n", "1", DisplayName = "the label by its number, quoted")]
    [DataRow("a.csv", "x,kind,y,note\n1,cat,2,\"a, b\"\n3,dog,4,c\n", "kind", DisplayName = "the label by its name, and words left out")]
    [DataRow("a.txt", "x\tLabel\ty\n1\tcat\t2\n3\tdog\t4\n", null, DisplayName = "tabs are found in .txt")]
    public void Numbers_are_features_and_the_label_a_key_of_its_names(string name, string content, string? label)
    {
        using var folder = new TemporaryFolder();

        IDataView view = Open(folder.Write(name, content), label).View;

        CollectionAssert.AreEqual((float[])[1, 2, 3, 4], view.GetColumn<float[]>("Features").SelectMany(row => row).ToArray());
        CollectionAssert.AreEqual((uint[])[1, 2], view.GetColumn<uint>("Label").ToArray());
        CollectionAssert.AreEqual((string[])["cat", "dog"], LabelValues.Of(view.Schema["Label"])!.Texts.ToArray());
    }

    [TestMethod]
    public void Classes_that_are_numbers_are_ordered_by_size()
    {
        using var folder = new TemporaryFolder();

        IDataView view = Open(folder.Write("a.csv", "label,x\n10,1\n9,1\n2,1\n"), null).View;

        CollectionAssert.AreEqual((string[])["2", "9", "10"], LabelValues.Of(view.Schema["Label"])!.Texts.ToArray());
    }

    [TestMethod]
    [DataRow("a,b\n1,2\n", null, "holds no labels.")]
    [DataRow("", null, "is empty.")]
    [DataRow("a,b,label\n", null, "has a line that names its columns, a, b, label, and no row below it.")]
    [DataRow("1\n2\n", null, "has one cell.")]
    [DataRow("a,b\n1,2\n1,2,3\n", null, "Line 3 of")]
    [DataRow("label,note\ncat,x\ndog,y\n", "label", "has no column of numbers besides the label.")]
    [DataRow("x,label\n1,cat\n", "kind", "has no column 'kind'.")]
    [DataRow("1,cat\n2,dog\n", "7", "has no column '7'.")]
    public void What_is_wrong_with_a_file_is_said_in_a_sentence(string content, string? label, string message)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.csv", content);

        StringAssert.Contains(Assert.ThrowsExactly<Failure>(() => Open(path, label)).Message, message, StringComparison.Ordinal);
    }

    private Tool.Samples Open(string path, string? label)
        => DataSource.OpenLabelled(_ml, new DataRequest([path], IdxSet.Test, label, Size: null, ImageTone.LightOnDark), InputNeeds.None, new Remarks(_ => { }, _ => { }));
}
