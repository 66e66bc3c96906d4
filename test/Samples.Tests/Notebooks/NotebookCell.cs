using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.ML.Spiking.Samples.Tests.Scripting;

namespace Microsoft.ML.Spiking.Samples.Tests.Notebooks;

/// <summary>A cell: words, or code and what it said when it was run.</summary>
internal sealed partial record NotebookCell(JsonObject Json)
{
    public string Id => (string)Json["id"]!;

    public string Type => (string)Json["cell_type"]!;

    public string Source => Text(Json["source"]!);

    /// <summary>Whether what it says hangs on chance, as which connection went first: tagged "by-chance".</summary>
    public bool IsByChance => Json["metadata"]!["tags"] is JsonArray tags && tags.Any(tag => (string?)tag == "by-chance");

    /// <summary>The packages that it asks for, and their versions.</summary>
    public IEnumerable<(string Name, string Version)> Packages => Package().Matches(Source).Select(line => (line.Groups[1].Value, line.Groups[2].Value));

    /// <summary>The source without those lines: what is built here stands in for the packages.</summary>
    public string Code => Package().Replace(Source, "");

    public IReadOnlyList<CellOutput> Outputs =>
    [
        .. Json["outputs"]!.AsArray().Select(output => (string)output!["output_type"]! switch
        {
            "stream" => new CellOutput("stream", "text/plain", Text(output["text"]!)),
            var kind => output["data"]!.AsObject().Select(data => new CellOutput(kind, data.Key, Text(data.Value!))).Single(),
        }),
    ];

    public void Write(int count, IEnumerable<CellOutput> outputs)
    {
        Json["execution_count"] = count;
        Json["outputs"] = new JsonArray([.. outputs.Select(output => ToJson(output, count))]);
    }

    private static JsonObject ToJson(CellOutput output, int count) => output.Kind switch
    {
        "stream" => new JsonObject { ["name"] = "stdout", ["output_type"] = "stream", ["text"] = Lines(output.Content) },
        "execute_result" => new JsonObject { ["data"] = Data(output), ["execution_count"] = count, ["metadata"] = new JsonObject(), ["output_type"] = output.Kind },
        _ => new JsonObject { ["data"] = Data(output), ["metadata"] = new JsonObject(), ["output_type"] = output.Kind },
    };

    private static JsonObject Data(CellOutput output) => new() { [output.MediaType] = Lines(output.Content) };

    private static JsonArray Lines(string text) => [.. AfterLineBreak().Split(text).Where(line => line.Length > 0).Select(line => JsonValue.Create(line))];

    private static string Text(JsonNode text) => text is JsonArray lines ? string.Concat(lines.Select(line => (string)line!)) : (string)text!;

    [GeneratedRegex("""^#r "nuget: *([\w.-]+), *([\w.-]+)"\s*$""", RegexOptions.Multiline)]
    private static partial Regex Package();

    [GeneratedRegex("(?<=\n)")]
    private static partial Regex AfterLineBreak();
}
