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
    public void Nothing_of_torch_lies_beside_it()
        => Assert.IsEmpty(Directory.EnumerateFiles(AppContext.BaseDirectory, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file).Contains("torch", StringComparison.OrdinalIgnoreCase)));

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
