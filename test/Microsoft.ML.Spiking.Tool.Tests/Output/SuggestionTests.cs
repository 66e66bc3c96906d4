namespace Microsoft.ML.Spiking.Tests.Output;

[TestClass]
public class SuggestionTests
{
    [TestMethod]
    [DataRow("kitten", "sitting", 3)]
    [DataRow("evalute", "evaluate", 1)]
    [DataRow("", "abc", 3)]
    public void The_distance_is_Levenshteins(string a, string b, int distance) => Assert.AreEqual(distance, Suggestion.Distance(a, b));
}
