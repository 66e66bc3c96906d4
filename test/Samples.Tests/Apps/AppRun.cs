using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.ML.Spiking.Tests;

namespace Microsoft.ML.Spiking.Samples.Tests.Apps;

/// <summary>What a file-based app said, started as a reader starts it: dotnet run App.cs.</summary>
internal sealed partial record AppRun(int ExitCode, string Output, string Errors)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(4);

    /// <summary>Runs an app of samples/Apps in a folder.</summary>
    /// <param name="data">What SPIKING_DATA is; null for nothing.</param>
    public static AppRun Of(string app, WorkingFolder folder, string? data, params string[] arguments)
        => Start(["run", Repository.PathOf("samples", "Apps", app), "--", .. arguments], folder.Path, data);

    /// <summary>What the build says of a property of an app.</summary>
    public static string Property(string app, string name)
        => Start(["build", Repository.PathOf("samples", "Apps", app), $"-getProperty:{name}"], Repository.Root, data: null).Output.Trim();

    /// <summary>The numbers of the lines that hold these words, in order.</summary>
    public double[] Numbers(string words) =>
    [
        .. Output.Split('\n').Where(line => line.Contains(words, StringComparison.Ordinal))
            .SelectMany(line => Number().Matches(line)).Select(number => double.Parse(number.Value, CultureInfo.InvariantCulture)),
    ];

    public AppRun Succeeded()
    {
        Assert.AreEqual(0, ExitCode, $"{Output}\n{Errors}");
        return this;
    }

    private static AppRun Start(string[] arguments, string folder, string? data)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment["SPIKING_DATA"] = data;
        // Of its own, or the build server that it starts keeps the pipes open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(s_patience)) process.Kill(entireProcessTree: true);
        process.WaitForExit();
        return new AppRun(process.ExitCode, output.Result, errors.Result);
    }

    [GeneratedRegex(@"\d+(\.\d+)?")]
    private static partial Regex Number();
}
