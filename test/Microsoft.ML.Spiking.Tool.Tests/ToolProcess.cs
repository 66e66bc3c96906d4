using System.Diagnostics;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>The tool in a process of its own, with streams and signals as a shell gives them.</summary>
internal static class ToolProcess
{
    private static string Tool => Path.Combine(AppContext.BaseDirectory, "spiking.dll");

    /// <summary>With signals as a shell's foreground has them; one in the background has SIGINT ignored.</summary>
    public static Process Start(params string[] arguments) => Start("env", ["--default-signal=INT,TERM", "dotnet", Tool, .. arguments]);

    /// <summary>Under a shell's line that ends in <c>exec "$@"</c> or the like.</summary>
    public static Answer Under(string line, params string[] arguments)
    {
        using Process process = Start("bash", ["-c", line, "bash", "dotnet", Tool, .. arguments]);
        return Finish(process);
    }

    public static Answer Finish(Process process)
    {
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Answer((ExitCode)process.ExitCode, output, errors.Result);
    }

    public static void Send(Process process, string signal) => Process.Start("kill", [$"-{signal}", $"{process.Id}"]).WaitForExit();

    private static Process Start(string program, string[] arguments)
        => Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
}
