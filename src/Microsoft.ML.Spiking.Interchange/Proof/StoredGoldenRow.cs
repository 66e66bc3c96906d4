using System.Collections.Immutable;

namespace Microsoft.ML.Spiking.Proof;

/// <summary>A golden row as JSON has it.</summary>
/// <param name="Input">Features, flat.</param>
/// <param name="Steps">Time steps.</param>
/// <param name="Spikes">[layer][column].</param>
/// <param name="SpikeRate">[column of any layer].</param>
/// <param name="Label">Class from 0.</param>
/// <param name="Score">[class].</param>
internal sealed record StoredGoldenRow(float[] Input, int Steps, int[][] Spikes, float[] SpikeRate, int Label, float[] Score)
{
    public static StoredGoldenRow Of(GoldenRow row)
        => new([.. row.Input], row.Steps, [.. row.Spikes.Select(layer => layer.ToArray())], [.. row.SpikeRate], row.Label, [.. row.Score]);

    public GoldenRow ToGolden()
        => new([.. Input], Steps, [.. Spikes.Select(layer => layer.ToImmutableArray())], [.. SpikeRate], Label, [.. Score]);
}
