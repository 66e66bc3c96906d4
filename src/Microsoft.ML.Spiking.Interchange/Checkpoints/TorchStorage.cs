namespace Microsoft.ML.Spiking.Checkpoints;

/// <summary>Numbers that lie in an entry of a checkpoint, and are not read yet.</summary>
/// <param name="Type">Their type.</param>
/// <param name="Key">The entry, in the folder data.</param>
/// <param name="Count">How many; as many as the entry has bytes for.</param>
internal sealed record TorchStorage(TorchType Type, string Key, long Count);
