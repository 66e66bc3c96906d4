namespace Microsoft.ML.Spiking.Hdf;

/// <summary>How the places of a dataset's chunks are found.</summary>
internal enum ChunkIndex : byte
{
    /// <summary>By a tree of their positions.</summary>
    Tree = 0,

    /// <summary>There is but one.</summary>
    Single = 1,

    /// <summary>They lie one behind the other.</summary>
    Implicit = 2,

    /// <summary>By a list.</summary>
    FixedArray = 3,
}
