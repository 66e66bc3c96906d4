namespace Microsoft.ML.Spiking.Proof;

/// <summary>A golden row as JSON has it.</summary>
/// <param name="Input">Features, flat.</param>
/// <param name="Steps">Time steps.</param>
/// <param name="Spikes">[layer][column].</param>
/// <param name="SpikeRate">[column of any layer].</param>
/// <param name="Label">Class from 0.</param>
/// <param name="Score">[class].</param>
internal sealed record StoredGoldenRow(float[] Input, int Steps, int[][] Spikes, float[] SpikeRate, int Label, float[] Score);
