using System.Text;

namespace Microsoft.ML.Spiking.Tests.Data.Tables;

[TestClass]
public class CsvFileTests
{
    [TestMethod]
    public void A_quote_that_is_never_closed_does_not_swallow_the_rest()
    {
        using var table = new Table();

        StringAssert.Contains(table.Refuses("x,label\n1,\"a\n2,b\n3,c\n").Message, "opens a quote in line 2 or after it that is never closed.", StringComparison.Ordinal);
    }

    [TestMethod]
    public void Letters_of_Western_Europe_are_read_and_that_is_said()
    {
        using var table = new Table();

        var view = table.Open(table.Write("a.csv", Encoding.Latin1.GetBytes("x,label\n1,grün\n2,blau\n"))).View;

        CollectionAssert.AreEqual((string[])["blau", "grün"], LabelValues.Of(view.Schema["Label"])!.Texts.ToArray());
        StringAssert.Contains(table.Said, "is not in UTF-8", StringComparison.Ordinal);
    }

    [TestMethod]
    public void A_line_of_another_length_is_named_wherever_it_stands()
    {
        using var table = new Table();
        string content = "x,y,label\n" + string.Concat(Enumerable.Repeat("1,2,a\n", 150)) + "1,2\n";

        StringAssert.Contains(table.Refuses(content).Message, "Line 152 of", StringComparison.Ordinal);
    }
}
