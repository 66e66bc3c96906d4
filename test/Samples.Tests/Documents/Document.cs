namespace Microsoft.ML.Spiking.Samples.Tests.Documents;

/// <summary>README.md and every page of docs.</summary>
internal sealed record Document(string Name)
{
    public const string Readme = "README.md";

    public static IEnumerable<string> All =>
        Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Prepend(Repository.PathOf(Readme))
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'));

    public IReadOnlyList<CodeBlock> Blocks => CodeBlock.Of(File.ReadAllText(Repository.PathOf(Name)).ReplaceLineEndings("\n"));
}
