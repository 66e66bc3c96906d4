namespace Microsoft.ML.Spiking.Hdf;

/// <summary>False or true as h5py writes them; their names are stored too.</summary>
internal enum HdfTruth : byte
{
    FALSE,
    TRUE,
}
