namespace Microsoft.ML.Spiking.Tests.Data;

[TestClass]
public class TextLineTests
{
    [TestMethod]
    [DataRow("a,b", "a|b")]
    [DataRow(" a , b ", "a|b")]
    [DataRow("\"a,b\",c", "a,b|c")]
    [DataRow("\"say \"\"hi\"\"\",c", "say \"hi\"|c")]
    [DataRow(",", "|")]
    public void A_line_is_split_at_commas_that_are_not_quoted(string line, string cells) => Assert.AreEqual(cells, string.Join('|', TextLine.Split(line, ',')));
}
