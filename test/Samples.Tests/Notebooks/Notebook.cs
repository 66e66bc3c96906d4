using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML.Spiking.Tests;

namespace Microsoft.ML.Spiking.Samples.Tests.Notebooks;

/// <summary>A Jupyter notebook of samples/notebooks, format 4.5.</summary>
internal sealed class Notebook
{
    // Jupyter's own way of writing: one space a level, and letters as they are.
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, IndentSize = 1, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _path;

    private Notebook(string path)
    {
        _path = path;
        Json = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        Cells = [.. Json["cells"]!.AsArray().Select(cell => new NotebookCell(cell!.AsObject()))];
    }

    public static IEnumerable<string> Names =>
        Directory.EnumerateFiles(Repository.PathOf("samples", "notebooks"), "*.ipynb").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    public JsonObject Json { get; }

    public IReadOnlyList<NotebookCell> Cells { get; }

    public IEnumerable<NotebookCell> Code => Cells.Where(cell => cell.Type == "code");

    public static Notebook Open(string name) => new(Repository.PathOf("samples", "notebooks", name));

    public void Save() => File.WriteAllText(_path, Json.ToJsonString(s_json) + "\n");
}
