namespace Microsoft.ML.Spiking.Aedat;

/// <summary>How packets are packed, by the numbers of the format.</summary>
internal enum AedatPacking
{
    None,
    Lz4,
    Lz4High,
    Zstd,
    ZstdHigh,
}
