using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Microsoft.ML.Spiking.Packages.Tests;

/// <summary>What the dotnet command said in a process of its own.</summary>
internal sealed partial record DotnetRun(int ExitCode, string Output, string Errors)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    public string All => Output + Errors;

    public static DotnetRun Start(string folder, params IEnumerable<string> arguments) => Start(folder, [], arguments);

    public static DotnetRun Start(string folder, Dictionary<string, string> environment, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The test's own build is none of theirs, and nothing of theirs outlives the test.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray()) start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["GOMP_SPINCOUNT"] = "1000";
        foreach (var (name, value) in environment) start.Environment[name] = value;

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(s_patience)) process.Kill(entireProcessTree: true);
        return new DotnetRun(process.ExitCode, output.Result, errors.Result);
    }

    /// <summary>This run, where it succeeded; where packages of others could not be had, the test is skipped.</summary>
    public DotnetRun Succeeded()
    {
        if (ExitCode != 0 && Unanswered().Match(All) is { Success: true, Value: var reason }) Assert.Inconclusive($"Packages cannot be restored here: {reason}");
        Assert.AreEqual(0, ExitCode, All);
        return this;
    }

    // No source answers, or none has a package that is not ours.
    [GeneratedRegex(@"NU1301: .*|NU110[0-3]: Unable to (resolve '|find (a stable )?package )(?!\S*Spiking).*")]
    private static partial Regex Unanswered();
}
