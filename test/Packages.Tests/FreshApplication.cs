using System.Xml.Linq;

namespace Microsoft.ML.Spiking.Packages.Tests;

/// <summary>A console application outside this house, in a folder of its own, that has of ours what packages bring it.</summary>
internal sealed class FreshApplication : IDisposable
{
    /// <param name="program">Its source: a file of Applications.</param>
    /// <param name="prefix">The prefix of our packages.</param>
    /// <param name="packages">Name and version of each package that it references.</param>
    public FreshApplication(string program, string prefix, params (string Id, string Version)[] packages)
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Applications", program), Path.Combine(Folder, "Program.cs"));
        // Besides the user's own sources, which this says nothing of.
        new XElement("configuration", new XElement("packageSources", new XElement("add", new XAttribute("key", "packed"), new XAttribute("value", PackedLibraries.Folder(prefix)))))
            .Save(Path.Combine(Folder, "nuget.config"));
        new XElement("Project", new XAttribute("Sdk", "Microsoft.NET.Sdk"),
            new XElement("PropertyGroup",
                new XElement("OutputType", "Exe"),
                new XElement("TargetFramework", "net10.0"),
                new XElement("Nullable", "enable"),
                new XElement("ImplicitUsings", "enable"),
                new XElement("SelfContained", "false"),
                // Other systems' hosts are packages that no feed here may have; dotnet app.dll needs none.
                new XElement("UseAppHost", "false")),
            new XElement("ItemGroup", packages.Select(package => new XElement("PackageReference", new XAttribute("Include", package.Id), new XAttribute("Version", package.Version)))))
            .Save(Path.Combine(Folder, "app.csproj"));
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("application").FullName;

    /// <summary>The files that it was built to, without those of the build itself.</summary>
    public string[] Output => [.. Directory.GetFiles(Path.Combine(Folder, "bin"), "*", SearchOption.AllDirectories).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    /// <summary>The native libraries among the files of a folder of its own.</summary>
    public string[] NativeFiles(string folder) => [.. Directory.GetFiles(Path.Combine(Folder, folder), "*", SearchOption.AllDirectories).Select(file => Path.GetFileName(file))
        .Where(file => file.EndsWith(".so", StringComparison.Ordinal) || file.EndsWith(".dylib", StringComparison.Ordinal) || file.Contains("torch", StringComparison.OrdinalIgnoreCase))];

    public DotnetRun Build(params IEnumerable<string> properties) => DotnetRun.Start(Folder, ["build", "-c", "Release", .. properties]).Succeeded();

    /// <summary>Evaluates the packages' part in a build, and no more of it.</summary>
    public DotnetRun ResolvePackages(params IEnumerable<string> properties) => DotnetRun.Start(Folder, ["msbuild", "-restore", "-t:ResolvePackageAssets", "-p:Configuration=Release", .. properties]).Succeeded();

    public DotnetRun Run(params IEnumerable<string> arguments) => Run([], arguments);

    public DotnetRun Run(Dictionary<string, string> environment, IEnumerable<string> arguments)
        => DotnetRun.Start(Folder, environment, ["run", "-c", "Release", "--no-build", "--", .. arguments]).Succeeded();

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
