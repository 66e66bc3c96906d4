namespace Microsoft.ML.Spiking.Proof;

/// <summary>What a network in some format did with a row; null what that format does not tell.</summary>
/// <param name="Spikes">[layer][column].</param>
/// <param name="SpikeRate">[column of any layer].</param>
/// <param name="Label">The most probable class, from 0; -1 where there is no readout.</param>
/// <param name="Score">[class].</param>
internal sealed record GoldenAnswer(int[][]? Spikes, float[]? SpikeRate, int? Label, float[]? Score);
