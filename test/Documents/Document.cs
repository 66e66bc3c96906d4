namespace Microsoft.ML.Spiking.Tests;

/// <summary>README.md, every page of docs, and what stands beside the samples.</summary>
internal sealed record Document(string Name)
{
    public const string Readme = "README.md";

    public static IEnumerable<string> All =>
        Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateDirectories(Repository.PathOf("samples")).Select(folder => Path.Combine(folder, "README.md")).Where(File.Exists))
            .Order(StringComparer.Ordinal)
            .Prepend(Repository.PathOf(Readme))
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'));

    public IReadOnlyList<CodeBlock> Blocks => CodeBlock.Of(File.ReadAllText(Repository.PathOf(Name)).ReplaceLineEndings("\n"));
}
