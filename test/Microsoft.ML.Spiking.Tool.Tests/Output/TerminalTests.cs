namespace Microsoft.ML.Spiking.Tests.Output;

[TestClass]
public class TerminalTests
{
    [TestMethod]
    public void An_error_is_one_line_and_a_hint_another_however_long_they_are()
    {
        using StringWriter output = new(), errors = new();
        string longWords = string.Join(' ', Enumerable.Repeat("words", 100));

        Terminal.Of(output, errors).Report(Failure.Input($"first\nsecond {longWords}", "do [this]."));

        Assert.AreEqual($"error: first second {longWords}\nhint: do [this].\n".ReplaceLineEndings(), errors.ToString());
        Assert.AreEqual("", output.ToString());
    }
}
