namespace Microsoft.ML.Spiking.Tests.Data.Tables;

[TestClass]
public class TableHeadTests
{
    [TestMethod]
    [DataRow("0,1,2,3,label\n5,6,7,8,a\n9,9,9,9,b\n", "0, 1, 2, ...")]
    [DataRow("0,1,2,3,4\n5,6,7,8,a\n9,9,9,9,b\n", "0, 1, 2, ...")]
    [DataRow("1,2,3,4,5\n5,6,7,8,a\n9,9,9,9,b\n", "1, 2, 3, ...")]
    public void A_header_of_numbers_is_none_of_the_rows(string content, string counted)
    {
        using var table = new Table();

        Assert.HasCount(2, table.Features(content));
        if (!content.Contains("label", StringComparison.Ordinal)) StringAssert.Contains(table.Said, $"counts its cells, {counted}, and is taken for a header.", StringComparison.Ordinal);
    }

    [TestMethod]
    [DataRow("5,1,2,3,a\n5,6,7,8,a\n9,9,9,9,b\n")]
    [DataRow("0,1,2,a\n5,6,7,a\n9,9,9,b\n")]
    [DataRow("?,1,2,a\n5,6,7,a\n9,9,9,b\n")]
    public void A_row_of_numbers_is_no_header(string content)
    {
        using var table = new Table();

        Assert.HasCount(3, table.Features(content));
    }

    [TestMethod]
    public void Columns_of_one_name_are_told_apart_as_pandas_does()
    {
        using var table = new Table();

        CollectionAssert.AreEqual((string[])["x", "x.1"], SlotNames.Of(table.Open(table.Write("a.csv", "x,x,label\n1,2,a\n3,4,b\n")).View.Schema["Features"]).ToArray());
    }
}
