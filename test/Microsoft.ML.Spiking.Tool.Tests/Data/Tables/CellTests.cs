namespace Microsoft.ML.Spiking.Tests.Data.Tables;

[TestClass]
public class CellTests
{
    [TestMethod]
    [DataRow("?")]
    [DataRow("NA")]
    [DataRow("N/A")]
    [DataRow("#N/A")]
    [DataRow("NaN")]
    [DataRow("nan")]
    [DataRow("inf")]
    [DataRow("-Infinity")]
    [DataRow("NULL")]
    [DataRow("")]
    public void A_mark_of_a_missing_value_leaves_a_column_of_numbers_one_whose_row_lacks_the_value(string mark)
    {
        using var table = new Table();

        float[][] rows = table.Features($"x,y,label\n1,{mark},cat\n{mark},4,dog\n5,6,cat\n");

        CollectionAssert.AreEqual((float[])[1, float.NaN, float.NaN, 4, 5, 6], rows.SelectMany(row => row).ToArray());
    }

    [TestMethod]
    public void In_a_column_of_words_a_mark_is_a_word()
    {
        using var table = new Table();

        var view = table.Open(table.Write("a.csv", "x,label\n1,NA\n2,US\n3,NA\n")).View;

        CollectionAssert.AreEqual((string[])["NA", "US"], LabelValues.Of(view.Schema["Label"])!.Texts.ToArray());
    }

    [TestMethod]
    [DataRow("1,5", true)]
    [DataRow("-1.234,56", true)]
    [DataRow("1,234", true)]
    [DataRow("1.5", false)]
    [DataRow("a,b", false)]
    [DataRow(",", false)]
    public void A_number_with_commas_is_told_from_words(string cell, bool expected) => Assert.AreEqual(expected, Cell.IsNumberWithComma(cell));
}
