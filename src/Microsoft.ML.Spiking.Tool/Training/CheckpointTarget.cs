namespace Microsoft.ML.Spiking.Tool;

/// <summary>Where a training leaves what it needs to go on.</summary>
/// <param name="Path">The file.</param>
/// <param name="Use">How long it is kept.</param>
internal sealed record CheckpointTarget(string Path, CheckpointUse Use);
