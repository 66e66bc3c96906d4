namespace Microsoft.ML.Spiking.Hdf;

/// <summary>What the elements of a dataset are.</summary>
internal enum HdfKind
{
    /// <summary>Something that is not read here.</summary>
    Other,

    /// <summary>Integers of 1 to 8 bytes.</summary>
    Integer,

    /// <summary>Floating-point numbers of IEEE 754 with 16, 32 or 64 bits.</summary>
    Float,

    /// <summary>FALSE or TRUE, as h5py writes them.</summary>
    Boolean,

    /// <summary>Text of a fixed number of bytes.</summary>
    FixedText,

    /// <summary>Text of any length.</summary>
    Text,

    /// <summary>A sequence of any length.</summary>
    Sequence,
}
