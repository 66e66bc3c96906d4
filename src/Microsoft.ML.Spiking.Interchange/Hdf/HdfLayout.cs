namespace Microsoft.ML.Spiking.Hdf;

/// <summary>Where the elements of a dataset are: in its header, in one piece of the file, or in chunks.</summary>
internal abstract record HdfLayout
{
    private HdfLayout()
    {
    }

    /// <summary>In the header.</summary>
    public sealed record Compact(byte[] Data) : HdfLayout;

    /// <summary>In one piece; at no address where nothing was ever written.</summary>
    public sealed record Contiguous(long Address, long Size) : HdfLayout;

    /// <summary>In chunks of one shape, each of which went through filters.</summary>
    /// <param name="Shape">Of a chunk.</param>
    /// <param name="ElementBytes">As the layout has it.</param>
    /// <param name="Index">How their places are found.</param>
    /// <param name="Address">Of the index; nowhere where nothing was ever written.</param>
    /// <param name="FiltersEdges">Whether chunks that reach over the edge of the dataset are filtered too.</param>
    /// <param name="Lone">Of a single chunk that is filtered: its bytes in the file, and the filters left out.</param>
    public sealed record Chunked(long[] Shape, long ElementBytes, ChunkIndex Index, long Address, bool FiltersEdges = true, (long Size, uint Mask)? Lone = null)
        : HdfLayout;

    public static HdfLayout Read(HdfCursor cursor)
    {
        byte version = cursor.Version("how its elements lie", 3, 4), kind = cursor.Byte();
        return kind switch
        {
            0 => new Compact(cursor.Take(cursor.UInt16()).ToArray()),
            1 => new Contiguous(cursor.Int64(), cursor.Int64()),
            2 => version == 3 ? OldChunks(cursor) : NewChunks(cursor),
            3 => throw new InvalidDataException("it is made of parts of other files, which are never opened. Copy them into this one."),
            _ => throw new InvalidDataException($"how its elements lie is of kind {kind}, which nobody knows here."),
        };
    }

    private static Chunked OldChunks(HdfCursor cursor)
    {
        int axes = cursor.Byte();
        long address = cursor.Int64();
        return Shaped(ref cursor, axes, sizeof(uint)) with { Index = ChunkIndex.Tree, Address = address };
    }

    private static Chunked NewChunks(HdfCursor cursor)
    {
        const int edgesFlag = 1, filteredFlag = 2;
        byte flags = cursor.Byte();
        int axes = cursor.Byte();
        Chunked chunks = Shaped(ref cursor, axes, cursor.Byte()) with { FiltersEdges = (flags & edgesFlag) == 0 };
        var index = (ChunkIndex)cursor.Byte();
        switch (index)
        {
            case ChunkIndex.Single:
                if ((flags & filteredFlag) != 0) chunks = chunks with { Lone = (cursor.Int64(), cursor.UInt32()) };
                break;
            case ChunkIndex.Implicit:
                break;
            case ChunkIndex.FixedArray:
                cursor.Skip(1);
                break;
            default:
                throw new InvalidDataException("its chunks are listed in a way that is not read here; write the file with h5py's libver='earliest'.");
        }
        return chunks with { Index = index, Address = cursor.Int64() };
    }

    private static Chunked Shaped(ref HdfCursor cursor, int axes, int sizeBytes)
    {
        const int mostAxes = 33;
        if (axes is < 2 or > mostAxes || sizeBytes is < 1 or > 8) throw new InvalidDataException("its chunks have no shape.");
        long[] shape = new long[axes - 1];
        for (int i = 0; i < shape.Length; i++)
            shape[i] = cursor.Number(sizeBytes) is > 0 and <= int.MaxValue and var size ? size : throw new InvalidDataException("its chunks have no size.");
        return new Chunked(shape, cursor.Number(sizeBytes), ChunkIndex.Tree, HdfBytes.Nowhere);
    }
}
