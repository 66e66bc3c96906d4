using System.Net;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Microsoft.ML.Spiking;

/// <summary>The page: report.html with its style, its scripts, plotly.js and the data put in.</summary>
/// <remarks>The data is one JSON block, in which the serialiser escapes all that HTML could take for its own.</remarks>
internal static partial class ReportPage
{
    /// <summary>The page's scripts, each using only those before it.</summary>
    private static readonly string[] s_scripts =
    [
        "page.js", "pixels.js", "charts.js", "summary.js", "confusion.js", "predictions.js", "reliability.js", "raster.js", "membrane.js", "rates.js",
        "connections.js", "ring.js", "adjacency.js", "used.js", "journal.js", "topology.js", "fields.js", "cost.js", "report.js",
    ];

    public static void Write(TextWriter writer, ReportContent content)
    {
        string template = Read("report.html");
        int at = 0;
        foreach (Match slot in Slot().Matches(template))
        {
            writer.Write(template.AsSpan(at, slot.Index - at));
            writer.Write(slot.Groups[1].Value switch
            {
                "title" => WebUtility.HtmlEncode(content.Title),
                "style" => Read("report.css"),
                "plotly" => Read("plotly.min.js"),
                "scripts" => string.Concat(s_scripts.Select(Read)),
                _ => JsonSerializer.Serialize(content, ReportJson.Default.ReportContent),
            });
            at = slot.Index + slot.Length;
        }
        writer.Write(template.AsSpan(at));
    }

    private static string Read(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Page/{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex("/\\*(title|style|plotly|scripts|data)\\*/")]
    private static partial Regex Slot();
}
