namespace Microsoft.ML.Spiking.Tests.Data.Tables;

[TestClass]
public class SeparatorTests
{
    [TestMethod]
    [DataRow("x;y;label\n1.5;2;cat\n3;4.5;dog\n", DisplayName = "semicolons")]
    [DataRow("sep=;\nx;y;label\n1.5;2;cat\n3;4.5;dog\n", DisplayName = "Excel's hint")]
    [DataRow("\uFEFFx;y;label\n1.5;2;cat\n3;4.5;dog\n", DisplayName = "Excel's mark of UTF-8")]
    [DataRow("x\ty\tlabel\n1.5\t2\tcat\n3\t4.5\tdog\n", DisplayName = "tabs")]
    [DataRow("1.5,2,red;blue\n3,4.5,dog;cat\n", DisplayName = "commas, and semicolons in words")]
    public void It_is_found_where_it_is_unambiguous(string content)
    {
        using var table = new Table();

        CollectionAssert.AreEqual((float[])[1.5f, 2, 3, 4.5f], table.Features(content).SelectMany(row => row).ToArray());
    }

    [TestMethod]
    [DataRow("x;y;label\n1,5;2;cat\n3;4,5;dog\n", "Column 'x' of", "'1,5' in line 2")]
    [DataRow("1,5;2,5;cat\n3,5;4,5;dog\n", "Column 0 of", "'1,5' in line 1")]
    [DataRow("x,y,label\n1,\"2,000\",cat\n3,500,dog\n", "Column 'y' of", "'2,000' in line 2")]
    public void Numbers_with_commas_are_refused_with_the_reason(string content, string column, string number)
    {
        using var table = new Table();

        string message = table.Refuses(content).Message;

        StringAssert.StartsWith(message, column, StringComparison.Ordinal);
        StringAssert.Contains(message, $"holds numbers with commas, {number}, but numbers are read with a decimal point", StringComparison.Ordinal);
    }
}
