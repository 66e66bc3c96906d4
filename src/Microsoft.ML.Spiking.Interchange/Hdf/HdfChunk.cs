namespace Microsoft.ML.Spiking.Hdf;

/// <summary>A chunk of a dataset.</summary>
/// <param name="Origin">Its first element's place in the dataset.</param>
/// <param name="Address">Where it is in the file; nowhere where nothing was ever written.</param>
/// <param name="Size">Its bytes there.</param>
/// <param name="Mask">A bit for each filter that was left out.</param>
internal readonly record struct HdfChunk(long[] Origin, long Address, long Size, uint Mask);
