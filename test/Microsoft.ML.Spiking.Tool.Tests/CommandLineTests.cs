namespace Microsoft.ML.Spiking.Tests;

[TestClass]
public class CommandLineTests
{
    [TestMethod]
    public void Without_a_command_it_lists_them_and_leaves_stdout_empty()
    {
        Answer answer = Answer.To();

        answer.FailsWith(ExitCode.Usage, "No command was given.");
        StringAssert.Contains(answer.Errors, "  evaluate ", StringComparison.Ordinal);
        Assert.AreEqual("", answer.Output);
    }

    [TestMethod]
    [DataRow("evalute", "evaluate")]
    [DataRow("evaluate --min-acuracy 1 -m a -d b", "--min-accuracy")]
    public void A_slip_of_the_finger_is_met_with_what_was_meant(string typed, string meant)
    {
        Answer answer = Answer.To(typed.Split(' '));

        answer.FailsWith(ExitCode.Usage, "Unrecognized command or argument");
        StringAssert.Contains(answer.Errors, $"did you mean '{meant}'?", StringComparison.Ordinal);
    }

    [TestMethod]
    [DataRow("evaluate -d x", "Option '--model' is required.")]
    [DataRow("evaluate -m x", "Option '--data' is required.")]
    [DataRow("evaluate -m x -d y --top 0", "--top is '0', but it must be a whole number of at least 1.")]
    [DataRow("evaluate -m x -d y --top few", "--top is 'few', but it must be a whole number of at least 1.")]
    [DataRow("evaluate -m x -d y --min-accuracy 1.5", "--min-accuracy is '1.5', but it must be a number from 0 to 1.")]
    [DataRow("evaluate -m x -d y --set both", "--set is 'both', but it must be train or test.")]
    [DataRow("evaluate -m x -d y --size 28", "--size is '28', but it must be a width and a height of 1 to 4096, as in 28x28.")]
    [DataRow("predict -m x", "Required argument 'PATH' missing")]
    [DataRow("predict a.png -m x --top 0", "--top is '0', but it must be a whole number of at least 1.")]
    [DataRow("report -m x -d y --rows 0", "--rows is '0', but it must be a whole number of at least 1.")]
    [DataRow("predict --tpo 3 a.png -m x", "Unrecognized command or argument '--tpo'.")]
    [DataRow("info", "Option '--model' is required.")]
    [DataRow("doctor --model x", "Unrecognized command or argument '--model'.")]
    [DataRow("bench 3", "Unrecognized command or argument '3'.")]
    public void What_cannot_be_asked_ends_with_2(string typed, string message) => Answer.To(typed.Split(' ')).FailsWith(ExitCode.Usage, message);

    [TestMethod]
    public void Help_lists_every_command_on_stdout()
    {
        Answer answer = Answer.To("--help");

        Assert.AreEqual(ExitCode.Done, answer.Code);
        foreach (string command in (string[])["evaluate", "predict", "report", "info", "bench", "doctor"]) StringAssert.Contains(answer.Output, $"  {command} ", StringComparison.Ordinal);
        Assert.AreEqual("", answer.Errors);
    }

    [TestMethod]
    public void A_commands_help_needs_none_of_its_options() => StringAssert.Contains(Answer.To("evaluate", "--help").Output, "--min-accuracy <FRACTION>", StringComparison.Ordinal);

    [TestMethod]
    public void Verbose_adds_the_stack_and_nothing_else_does()
    {
        string[] arguments = ["info", "-m", "absent.zip"];

        Assert.DoesNotContain("   at ", Answer.To(arguments).Errors);
        StringAssert.Contains(Answer.To([.. arguments, "--verbose"]).Errors, "   at Microsoft.ML.Spiking.Tool.", StringComparison.Ordinal);
    }
}
