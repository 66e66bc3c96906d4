namespace Microsoft.ML.Spiking;

/// <summary>The columns stay as they were drawn; the readout and the connections between columns learn. The reference's way.</summary>
public sealed record Reservoir : ColumnLearning;
