namespace Microsoft.ML.Spiking.Tests.Output;

[TestClass]
public class SuggestionTests
{
    [TestMethod]
    [DataRow("--dta", "--data")]
    [DataRow("--modle", "--model")]
    [DataRow("--fo", null)]
    public void A_short_word_may_have_one_slip_and_a_long_one_two(string word, string? meant) => Assert.AreEqual(meant, Suggestion.For([word], new EvaluateCommand(Terminal.Of(TextWriter.Null, TextWriter.Null))));

    [TestMethod]
    [DataRow("kitten", "sitting", 3)]
    [DataRow("evalute", "evaluate", 1)]
    [DataRow("", "abc", 3)]
    public void The_distance_is_Levenshteins(string a, string b, int distance) => Assert.AreEqual(distance, Suggestion.Distance(a, b));
}
