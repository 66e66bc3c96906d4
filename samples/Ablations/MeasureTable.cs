using System.Globalization;
using System.Text;

namespace Microsoft.ML.Spiking.Samples.Ablations;

/// <summary>A Markdown section with a table: a row for each thing that is compared, and in it means over the seeds with their intervals.</summary>
internal sealed class MeasureTable
{
    private readonly StringBuilder _section = new();

    /// <param name="title">The section's heading.</param>
    /// <param name="what">What the rows are.</param>
    /// <param name="measures">What the other columns are.</param>
    public MeasureTable(string title, string what, params string[] measures)
    {
        Say($"## {title}");
        Say("");
        Say($"| {what} | {string.Join(" | ", measures)} |");
        Say($"|---|{string.Concat(Enumerable.Repeat("---|", measures.Length))}");
    }

    /// <summary>Adds a row.</summary>
    /// <param name="name">What it is of.</param>
    /// <param name="bySeed">[seed, measure].</param>
    /// <param name="formats">How each measure is written.</param>
    public void Add(string name, IReadOnlyList<double[]> bySeed, params string[] formats)
        => Say($"| {name} | {string.Join(" | ", formats.Select((format, i) => Written(Sample.Of([.. bySeed.Select(measures => measures[i])]), format)))} |");

    public override string ToString() => _section.ToString();

    private static string Written(Sample sample, string format)
        => $"{sample.Mean.ToString(format, CultureInfo.InvariantCulture)} ± {sample.HalfWidth.ToString(format.Split(';')[0].TrimStart('+'), CultureInfo.InvariantCulture)}";

    private void Say(string line)
    {
        _section.AppendLine(line);
        Console.WriteLine(line);
    }
}
