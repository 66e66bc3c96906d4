namespace Microsoft.ML.Spiking.Tests.Models;

[TestClass]
public sealed class KnownClassTests
{
    [TestMethod]
    [DataRow("b", "b")]
    [DataRow("B", null)]
    [DataRow(" b\u00a0", "b")]
    [DataRow("c", "c ")]
    [DataRow("1", null)]
    public void A_word_is_the_class_that_is_called_so_but_for_blanks(string text, string? known) => Assert.AreEqual(known, KnownClass.Of(text, ["a", "b", "c "]));

    [TestMethod]
    [DataRow("2", "2")]
    [DataRow("2.0", "2")]
    [DataRow("02", "2")]
    [DataRow("3e1", "30")]
    [DataRow("3", null)]
    [DataRow("NaN", null)]
    public void A_number_is_the_class_of_that_number(string text, string? known) => Assert.AreEqual(known, KnownClass.Of(text, ["1", "2", "30"]));

    [TestMethod]
    public void A_number_that_two_classes_are_is_none_but_the_one_that_is_written_so()
    {
        Assert.AreEqual("01", KnownClass.Of("01", ["1", "01"]));
        Assert.IsNull(KnownClass.Of("001", ["1", "01"]));
    }

    [TestMethod]
    [DataRow("1", "True")]
    [DataRow("yes", "True")]
    [DataRow("FALSE", "False")]
    [DataRow("0", "False")]
    [DataRow("2", null)]
    [DataRow("Rome", null)]
    public void A_Boolean_is_written_in_many_ways(string text, string? known) => Assert.AreEqual(known, KnownClass.Of(text, ["False", "True"]));
}
