using System.Diagnostics;
using System.Text;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>Signals to a real training, in a process of its own.</summary>
[TestClass]
public sealed class InterruptionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _data;

    public InterruptionTests() => _data = Toy.WriteCsv(_folder["toy.csv"], [.. Enumerable.Range(0, 40).Select(row => Toy.Classes[row % 2])]);

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow("INT")]
    [DataRow("TERM")]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void A_signal_saves_what_there_is_and_the_command_that_it_names_goes_on_to_the_same_model(string signal)
    {
        Assert.AreEqual(ExitCode.Done, Finish(Start("whole/model.zip")).Code);

        using Process training = Start("cut/model.zip");
        WaitForEpoch(training, 8);
        Send(training, signal);
        Answer cut = Finish(training);

        Assert.AreEqual(ExitCode.Interrupted, cut.Code, cut.Errors);
        StringAssert.Contains(cut.Output, "; interrupted");
        CollectionAssert.AreEquivalent(new[] { _folder["cut/model.zip"], _folder["cut/model.checkpoint"], _folder["cut/model.run.json"] }, Directory.GetFiles(_folder["cut"]));
        Assert.AreEqual(TrainingEnd.Cancelled, Network("cut/model.zip").Training.End);

        string command = cut.Errors.Split(Environment.NewLine).Single(line => line.StartsWith("To go on: spiking ", StringComparison.Ordinal))["To go on: spiking ".Length..];
        Answer rest = Finish(Start(command.Split(' ')));
        Assert.AreEqual(ExitCode.Done, rest.Code, rest.Errors);
        CollectionAssert.AreEqual(Network("whole/model.zip").OutputWeights.ToArray(), Network("cut/model.zip").OutputWeights.ToArray());
        CollectionAssert.AreEquivalent(new[] { _folder["cut/model.zip"], _folder["cut/model.run.json"] }, Directory.GetFiles(_folder["cut"]));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void A_second_signal_ends_at_once_and_leaves_the_checkpoint_whole()
    {
        // Some ten seconds of one batch: the first signal finds it in the midst.
        using Process training = Start(["train", "--data", _data, "--columns", "64", "--neurons", "256", "--time-steps", "400", "--epochs", "100000", "--batch-size", "40", "--device", "cpu", "--output", _folder["cut/model.zip"]]);
        while (!Directory.Exists(_folder["cut"])) Thread.Sleep(20);
        Thread.Sleep(500);
        Send(training, "INT");
        Thread.Sleep(100);
        Send(training, "INT");

        Assert.IsTrue(training.WaitForExit(TimeSpan.FromSeconds(10)));
        Assert.AreEqual((int)ExitCode.Interrupted, training.ExitCode);
        if (File.Exists(_folder["cut/model.checkpoint"])) CheckpointFile.Read(_folder["cut/model.checkpoint"]);
    }

    private readonly StringBuilder _errors = new();

    private Process Start(string output) => Start(["train", "--data", _data, "--columns", "4", "--neurons", "16", "--hidden", "16", "--epochs", "150", "--batch-size", "10", "--seed", "1", "--device", "cpu", "--output", _folder[output]]);

    /// <summary>With signals as a shell's foreground has them; one in the background has SIGINT ignored.</summary>
    private Process Start(string[] arguments)
    {
        _errors.Clear();
        var process = Process.Start(new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", Path.Combine(AppContext.BaseDirectory, "spiking.dll"), .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors) _errors.AppendLine(line.Data);
        };
        process.BeginErrorReadLine();
        return process;
    }

    private void WaitForEpoch(Process process, int epoch)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromSeconds(60) && !process.HasExited; Thread.Sleep(5))
            lock (_errors)
                if (_errors.ToString().Contains($"epoch {epoch}/", StringComparison.Ordinal)) return;
        Assert.Fail($"No epoch {epoch}: {_errors}");
    }

    private Answer Finish(Process process)
    {
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Answer((ExitCode)process.ExitCode, output, _errors.ToString());
    }

    private SpikingModel Network(string model) => LoadedModel.Open(new MLContext(), _folder[model]).Network.Model;

    private static void Send(Process process, string signal) => Process.Start("kill", [$"-{signal}", $"{process.Id}"]).WaitForExit();
}
