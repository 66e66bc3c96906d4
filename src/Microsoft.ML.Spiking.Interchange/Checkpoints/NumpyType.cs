namespace Microsoft.ML.Spiking.Checkpoints;

/// <summary>The type of a number of NumPy's, as they stand in metrics.</summary>
/// <param name="Name">As NumPy has it: "f8".</param>
internal sealed record NumpyType(string Name);
