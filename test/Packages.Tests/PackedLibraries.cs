using System.Reflection;

namespace Microsoft.ML.Spiking.Packages.Tests;

/// <summary>The libraries as dotnet pack makes them from this working tree, twice from nothing: under their own names, and under another prefix.</summary>
[TestClass]
public static class PackedLibraries
{
    public const string Own = "Microsoft.ML.Spiking", Other = "Spiking.ML";

    private static readonly string s_folder = Directory.CreateTempSubdirectory("packages").FullName;
    private static readonly Lazy<string> s_own = new(() => Pack(Own)), s_other = new(() => Pack(Other));

    /// <summary>Of this run alone, so that it can be taken out of the user's package cache afterwards.</summary>
    public static string Version { get; } = $"0.1.0-test.t{Guid.NewGuid():N}";

    public static string Repository { get; } = typeof(PackedLibraries).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Repository").Value!;

    /// <summary>The folder of the packages of that prefix.</summary>
    internal static string Folder(string prefix) => (prefix == Own ? s_own : s_other).Value;

    /// <param name="id">The package's name, as in "Microsoft.ML.Spiking.TorchSharp".</param>
    /// <param name="extension">nupkg, or snupkg for its symbols.</param>
    internal static PackageFile Package(string id, string extension = "nupkg")
        => new(Path.Combine(Folder(id.StartsWith(Own, StringComparison.Ordinal) ? Own : Other), $"{id}.{Version}.{extension}"));

    [AssemblyCleanup]
    public static void Cleanup()
    {
        Directory.Delete(s_folder, recursive: true);
        string answer = DotnetRun.Start(Path.GetTempPath(), "nuget", "locals", "global-packages", "--list").Output;
        string cache = answer[(answer.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        foreach (string id in from prefix in (string[])[Own, Other] from part in (string[])["", ".TorchSharp", ".Reports", ".Interchange"] select prefix + part)
        {
            string versions = Path.Combine(cache, id.ToLowerInvariant());
            if (Directory.Exists(Path.Combine(versions, Version))) Directory.Delete(Path.Combine(versions, Version), recursive: true);
            if (Directory.Exists(versions) && !Directory.EnumerateFileSystemEntries(versions).Any()) Directory.Delete(versions);
        }
    }

    private static string Pack(string prefix)
    {
        // Built at one place both times: symbols name where generated sources lay.
        string built = Path.Combine(s_folder, "built"), packages = Path.Combine(s_folder, prefix);
        if (Directory.Exists(built)) Directory.Delete(built, recursive: true);
        // With the paths of a build server, but not its rule that the repository alone names its remote.
        DotnetRun.Start(Repository, new() { ["CI"] = "", ["XDG_CONFIG_HOME"] = Home() },
            ["pack", Path.Combine("build", "Libraries.slnf"), "-c", "Release", "--artifacts-path", built,
            $"-p:PackageOutputPath={packages}", $"-p:PackageIdPrefix={prefix}", $"-p:MinVerVersionOverride={Version}", "-p:DeterministicSourcePaths=true"]).Succeeded();
        return packages;
    }

    // A repository that has no remote of its own, and so nowhere for SourceLink to point, is taken to live here.
    private static string Home()
    {
        string folder = Directory.CreateDirectory(Path.Combine(s_folder, "git")).FullName;
        File.WriteAllText(Path.Combine(folder, "config"), """
            [remote "origin"]
                url = https://github.com/example/spiking.git
            """);
        return s_folder;
    }
}
