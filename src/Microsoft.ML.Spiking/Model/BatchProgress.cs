namespace Microsoft.ML.Spiking;

/// <summary>Progress within an epoch.</summary>
public sealed record BatchProgress : TrainingProgress;
