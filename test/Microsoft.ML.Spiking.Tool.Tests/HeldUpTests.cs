using System.Diagnostics;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>One signal ends the tool within a moment, whatever holds it up.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
public sealed class HeldUpTests : IDisposable
{
    private static readonly TimeSpan s_moment = TimeSpan.FromSeconds(1.5), s_blocked = TimeSpan.FromSeconds(4);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void By_a_pipe_that_nobody_reads()
    {
        string rows = Toy.WriteCsv(_folder["rows.csv"], [.. Enumerable.Range(0, 20_000).Select(row => Toy.Classes[row % 2])]);
        EndsAtOnce(ToolProcess.Start("predict", rows, "-m", Toy.Model, "--quiet"));
    }

    [TestMethod]
    public void By_a_training_log_that_nobody_reads()
    {
        string rows = Toy.WriteCsv(_folder["rows.csv"], [.. Enumerable.Range(0, 20).Select(row => Toy.Classes[row % 2])]);
        EndsAtOnce(ToolProcess.Start("train", "--data", rows, "--columns", "2", "--neurons", "4", "--hidden", "4", "--epochs", "1000000", "--verbose", "--output", _folder["model.zip"]));
    }

    [TestMethod]
    public void By_a_file_that_never_ends()
    {
        Process.Start("mkfifo", [_folder["model.zip"]]).WaitForExit();
        EndsAtOnce(ToolProcess.Start("info", "--model", _folder["model.zip"]));
    }

    private static void EndsAtOnce(Process process)
    {
        using (process)
        {
            // Long enough to be held up: nobody reads.
            Thread.Sleep(s_blocked);
            Assert.IsFalse(process.HasExited, "It is over before it is held up.");
            ToolProcess.Send(process, "TERM");

            Assert.IsTrue(process.WaitForExit(s_moment + TimeSpan.FromSeconds(1)), "It is still there.");
            Assert.AreEqual((int)ExitCode.Interrupted, process.ExitCode);
        }
    }
}
