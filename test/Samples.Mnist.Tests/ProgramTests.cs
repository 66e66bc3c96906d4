using System.Diagnostics;

namespace Microsoft.ML.Spiking.Samples.Mnist.Tests;

/// <summary>The sample as a process, with signals and a pipe.</summary>
[TestClass]
public class ProgramTests
{
    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void Into_a_pipe_an_epoch_is_a_line_and_a_second_signal_ends_as_the_first_does()
    {
        using var folder = new TemporaryFolder();
        var ml = new MLContext();
        IDataView digits = DrawnDigits.View(ml, 200, seed: 1);
        foreach (string set in (string[])["train", "t10k"])
            ml.Data.SaveAsIdx(digits, Path.Combine(folder.Path, $"{set}-images-idx3-ubyte"), Path.Combine(folder.Path, $"{set}-labels-idx1-ubyte"));
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "Mnist.dll"), "--data", folder.Path, "--batches", "1000000", "--output", folder.Path];
        using Process process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _ = process.StandardOutput.ReadLine();
        string? epoch = process.StandardOutput.ReadLine();
        _ = process.StandardOutput.ReadToEndAsync();

        for (int signal = 0; signal < 2; signal++) Process.Start("kill", ["-TERM", $"{process.Id}"]).WaitForExit();
        string errors = process.StandardError.ReadToEnd();

        Assert.IsTrue(process.WaitForExit(TimeSpan.FromSeconds(30)));
        StringAssert.StartsWith(epoch, "Epoch 1 of ", StringComparison.Ordinal);
        Assert.AreEqual(130, process.ExitCode, errors);
        Assert.DoesNotContain("Unhandled", errors);
    }
}
