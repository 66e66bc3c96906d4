namespace Microsoft.ML.Spiking.Samples;

/// <summary>Rows of an epoch that are in memory together, and trained on in an order of their own.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Index">Which block of it, from 0.</param>
/// <param name="First">The first turn of the epoch (<see cref="RowPlaces"/>) that it has.</param>
/// <param name="Count">How many.</param>
internal readonly record struct EpochBlock(int Epoch, int Index, int First, int Count);
