namespace Microsoft.ML.Spiking.Checkpoints;

/// <summary>A name of Python's that a pickle may mention: it stands for what <see cref="PickleCalls"/> makes of it, and for nothing else.</summary>
/// <param name="Name">Module and name, as in "torch.FloatStorage".</param>
internal sealed record PickleGlobal(string Name);
