using System.Diagnostics;
using System.Reflection;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>What an application said in a process of its own.</summary>
internal sealed record ApplicationRun(int ExitCode, string Output, string Errors)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    /// <summary>Runs the application that references this package and no libtorch; it prints the sum of three ones.</summary>
    public static ApplicationRun WithoutLibTorch(Dictionary<string, string> environment)
    {
        string application = typeof(ApplicationRun).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "ApplicationWithoutLibTorch").Value!;

        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [application])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(s_patience))
            process.Kill();

        return new ApplicationRun(process.ExitCode, output.Result, errors.Result);
    }
}
