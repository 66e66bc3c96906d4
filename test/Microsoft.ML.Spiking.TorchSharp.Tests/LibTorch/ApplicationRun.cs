using System.Diagnostics;
using System.Reflection;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>What an application said in a process of its own.</summary>
internal sealed record ApplicationRun(int ExitCode, string Output, string Errors)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    /// <summary>Runs the application that references this package and no libtorch; it prints the sum of three ones.</summary>
    public static ApplicationRun WithoutLibTorch(Dictionary<string, string> environment)
        => Start(PathOf("ApplicationWithoutLibTorch"), [], environment);

    /// <summary>Runs the application that references no more than the library that serves models; it prints the predictions.</summary>
    public static ApplicationRun Consumer(string model, string images) => Start(ConsumerPath, [model, images], []);

    /// <summary>Where that application lies.</summary>
    public static string ConsumerPath => PathOf("ConsumerApplication");

    private static string PathOf(string application)
        => typeof(ApplicationRun).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == application).Value!;

    private static ApplicationRun Start(string application, string[] arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [application, .. arguments])
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
