using System.Reflection;

namespace Microsoft.ML.Spiking.Tests.Architecture;

/// <summary>What CONTRIBUTING.md asks of the source and no compiler does.</summary>
[TestClass]
public class SourceTests
{
    private const int Longest = 160;

    private static string Source => Path.Combine(
        typeof(SourceTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Repository").Value!, "src");

    [TestMethod]
    public void No_line_has_to_be_scrolled()
    {
        string[] files = [.. Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories).Where(file => !IsMade(Path.GetRelativePath(Source, file)))];
        Assert.IsGreaterThan(300, files.Length);

        string[] scrolled =
        [
            .. from file in files
               from line in File.ReadLines(file).Select((text, index) => (Text: text, Number: index + 1))
               where line.Text.Length > Longest
               select $"{Path.GetFileName(file)}, line {line.Number}: {line.Text.Length} characters",
        ];

        Assert.IsEmpty(scrolled, string.Join('\n', scrolled));
    }

    private static bool IsMade(string path) => path.Split(Path.DirectorySeparatorChar).Any(folder => folder is "bin" or "obj");
}
