using System.Diagnostics;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>The tool as users have it: a process with its own streams and signals.</summary>
[TestClass]
public class ProcessTests
{
    [TestMethod]
    public void Results_go_to_stdout_and_the_exit_code_to_the_shell()
    {
        using var folder = new TemporaryFolder();

        Answer answer = Run("predict", Toy.Draw(folder["a.png"], 1), "-m", Toy.Model);

        Assert.AreEqual(ExitCode.Done, answer.Code, answer.Errors);
        StringAssert.StartsWith(answer.Output, $"{folder["a.png"]}\tright\t0.", StringComparison.Ordinal);
        Run("info", "-m", folder["absent.zip"]).FailsWith(ExitCode.Data, "does not exist.");
        Run("infos").FailsWith(ExitCode.Usage, "Unrecognized command or argument 'infos'.");
    }

    [TestMethod]
    public void The_version_is_the_librarys()
        => Assert.AreEqual(Machine.This.Tool, Run("--version").Output.Split('+')[0]);

    [TestMethod]
    public void Predicting_loads_no_libtorch()
    {
        using var folder = new TemporaryFolder();
        ProcessStartInfo start = Start("predict", Toy.Draw(folder["a.png"], 1), "-m", Toy.Model);
        start.Environment["LD_DEBUG"] = "libs";   // The loader names every library that it opens.
        if (!OperatingSystem.IsLinux()) Assert.Inconclusive("Only Linux's loader tells what it loads.");

        Answer answer = Run(start);

        Assert.AreEqual(ExitCode.Done, answer.Code);
        StringAssert.Contains(answer.Errors, "libSkiaSharp", StringComparison.Ordinal);
        Assert.DoesNotContain("libtorch", answer.Errors);
    }

    [TestMethod]
    public void Terminated_it_stops_what_it_does_and_ends_with_130()
    {
        if (OperatingSystem.IsWindows()) Assert.Inconclusive("Windows has no SIGTERM.");
        using Process process = Process.Start(Start("bench"))!;
        string? training = process.StandardError.ReadLine();

        Process.Start("kill", ["-TERM", $"{process.Id}"]).WaitForExit();
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();

        Assert.AreEqual("Training 100 batches of 128.", training);
        new Answer((ExitCode)process.ExitCode, "", errors).FailsWith(ExitCode.Interrupted, "Interrupted.");
    }

    [TestMethod]
    [DataRow("doctor", "--verbose")]
    [DataRow("bench", "--quiet")]
    public void Where_libtorch_cannot_be_loaded_what_needs_it_ends_with_5(string command, string option)
    {
        if (!OperatingSystem.IsLinux()) Assert.Inconclusive("Links are made where a user may make them.");
        using var folder = new TemporaryFolder();
        foreach (string file in Directory.EnumerateFileSystemEntries(AppContext.BaseDirectory))
        {
            string name = Path.GetFileName(file);
            // The host follows a link to the program back to its folder, and TorchSharp would be found beside it.
            if (name.StartsWith("spiking.", StringComparison.Ordinal)) File.Copy(file, folder[name]);
            else if (!name.Contains("LibTorchSharp", StringComparison.Ordinal)) File.CreateSymbolicLink(folder[name], file);
        }

        Answer answer = Run(new ProcessStartInfo("dotnet", [folder["spiking.dll"], command, option]) { RedirectStandardOutput = true, RedirectStandardError = true });

        Assert.AreEqual(ExitCode.BackEnd, answer.Code, answer.Output + answer.Errors);
        StringAssert.Contains(answer.Output + answer.Errors, "libtorch cannot be loaded", StringComparison.Ordinal);
    }

    private static Answer Run(params string[] arguments) => Run(Start(arguments));

    private static Answer Run(ProcessStartInfo start)
    {
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Answer((ExitCode)process.ExitCode, output, errors.Result);
    }

    private static ProcessStartInfo Start(params string[] arguments)
        => new("dotnet", [Path.Combine(AppContext.BaseDirectory, "spiking.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
}
