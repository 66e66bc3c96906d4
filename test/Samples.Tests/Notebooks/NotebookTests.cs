using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.ML.Spiking.Samples.Tests.Scripting;
using Microsoft.ML.Spiking.Tests;

namespace Microsoft.ML.Spiking.Samples.Tests.Notebooks;

/// <summary>The notebooks run as they stand, cell after cell, and say what their pages show. With SPIKING_WRITE_NOTEBOOKS=1 their pages then show what they said.</summary>
[TestClass]
[DoNotParallelize]
public sealed partial class NotebookTests : IDisposable
{
    private readonly WorkingFolder _folder = new();
    private readonly string _before = Environment.CurrentDirectory;

    public static IEnumerable<object[]> Notebooks => Notebook.Names.Select(name => new object[] { name });

    private static bool Writes => Environment.GetEnvironmentVariable("SPIKING_WRITE_NOTEBOOKS") is { Length: > 0 };

    public void Dispose()
    {
        Environment.CurrentDirectory = _before;
        _folder.Dispose();
    }

    [TestMethod]
    [RequiresMnist]
    [DynamicData(nameof(Notebooks))]
    public async Task Every_cell_runs_and_says_what_the_page_shows(string name)
    {
        Notebook notebook = Notebook.Open(name);
        Environment.CurrentDirectory = _folder.Path;
        var session = new CodeSession("Microsoft.DotNet.Interactive");
        int count = 0;
        foreach (NotebookCell cell in notebook.Code)
        {
            IReadOnlyList<string> errors = session.Compile(cell.Code);
            Assert.IsEmpty(errors, $"{name}, {cell.Id}: {string.Join('\n', errors)}");
            IReadOnlyList<CellOutput> outputs = await session.RunAsync();
            if (Writes) cell.Write(++count, outputs);
            else if (cell.IsByChance) Likeness.AssertSameKinds(cell.Outputs, outputs, $"{name}, {cell.Id}");
            else Likeness.AssertAlike(cell.Outputs, outputs, $"{name}, {cell.Id}");
        }
        if (Writes) notebook.Save();
    }

    [TestMethod]
    [DynamicData(nameof(Notebooks))]
    public void Every_cell_compiles(string name)
    {
        var session = new CodeSession("Microsoft.DotNet.Interactive");
        foreach (NotebookCell cell in Notebook.Open(name).Code)
        {
            IReadOnlyList<string> errors = session.Compile(cell.Code);
            Assert.IsEmpty(errors, $"{name}, {cell.Id}: {string.Join('\n', errors)}");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Notebooks))]
    public void A_notebook_is_one_of_format_4_5_for_the_C_sharp_kernel(string name)
    {
        Notebook notebook = Notebook.Open(name);
        Assert.AreEqual((4, 5), ((int)notebook.Json["nbformat"]!, (int)notebook.Json["nbformat_minor"]!));
        Assert.AreEqual(".net-csharp", (string)notebook.Json["metadata"]!["kernelspec"]!["name"]!);
        CollectionAssert.AllItemsAreUnique(notebook.Cells.Select(cell => cell.Id).ToArray());
        foreach (NotebookCell cell in notebook.Cells)
        {
            StringAssert.Matches(cell.Id, CellId());
            Assert.IsTrue(cell.Type is "code" or "markdown", cell.Id);
            string[] members = cell.Type == "code" ? ["cell_type", "execution_count", "id", "metadata", "outputs", "source"] : ["cell_type", "id", "metadata", "source"];
            CollectionAssert.AreEquivalent(members, cell.Json.Select(member => member.Key).ToArray(), cell.Id);
        }
        CollectionAssert.AreEqual(Enumerable.Range(1, notebook.Code.Count()).ToArray(), notebook.Code.Select(cell => (int)cell.Json["execution_count"]!).ToArray());
    }

    [TestMethod]
    [DynamicData(nameof(Notebooks))]
    public void Its_pictures_are_whole_and_its_packages_are_those_built_here(string name)
    {
        Notebook notebook = Notebook.Open(name);
        CellOutput[] pictures = [.. notebook.Code.SelectMany(cell => cell.Outputs).Where(output => output.MediaType == "image/svg+xml")];
        Assert.IsGreaterThanOrEqualTo(4, pictures.Length);
        foreach (CellOutput picture in pictures)
            Assert.AreEqual("svg", XElement.Parse(picture.Content).Name.LocalName);

        XElement central = XElement.Load(Repository.PathOf("Directory.Packages.props"));
        foreach (var (package, version) in notebook.Code.SelectMany(cell => cell.Packages))
        {
            if (package.StartsWith("Microsoft.ML.Spiking", StringComparison.Ordinal)) Assert.IsTrue(File.Exists(Repository.PathOf("src", package, $"{package}.csproj")), package);
            else Assert.AreEqual(version, (string?)central.Descendants("PackageVersion").Single(entry => (string?)entry.Attribute("Include") == package).Attribute("Version"));
        }
    }

    [GeneratedRegex("^[a-zA-Z0-9-_]{1,64}$")]
    private static partial Regex CellId();
}
