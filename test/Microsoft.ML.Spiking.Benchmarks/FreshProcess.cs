using System.Diagnostics;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>Runs a program to its end in a process of its own.</summary>
internal static class FreshProcess
{
    /// <summary>This program again.</summary>
    public static string RunSelf(params string[] arguments)
    {
        string program = Environment.ProcessPath!;
        bool host = Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        return Run(program, host ? [typeof(FreshProcess).Assembly.Location, .. arguments] : arguments);
    }

    /// <summary>What it wrote to its standard output.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static string Run(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string written = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? written : throw new InvalidOperationException($"{program} ended with {process.ExitCode}:{Environment.NewLine}{written}");
    }
}
