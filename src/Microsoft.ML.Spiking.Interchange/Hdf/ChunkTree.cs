namespace Microsoft.ML.Spiking.Hdf;

/// <summary>The chunks of a dataset in a tree of their positions, as all older files have them.</summary>
internal static class ChunkTree
{
    private const int MostLevels = 64;

    public static IEnumerable<HdfChunk> Read(HdfBytes bytes, HdfLayout.Chunked layout) => Node(bytes, layout, layout.Address, level: null);

    private static List<HdfChunk> Node(HdfBytes bytes, HdfLayout.Chunked layout, long address, int? level)
    {
        const int head = 24;
        var cursor = new HdfCursor(bytes.At(address, head));
        cursor.Expect("TREE"u8, "the tree of its chunks");
        if (cursor.Byte() != 1) throw new InvalidDataException("the tree of its chunks is one of names.");
        int own = cursor.Byte(), used = cursor.UInt16();
        if (level is { } expected && own != expected || own > MostLevels) throw new InvalidDataException("the tree of its chunks runs in a circle.");
        int axes = layout.Shape.Length, keyBytes = 8 + 8 * (axes + 1);
        var entries = new HdfCursor(bytes.At(address + head, used * (keyBytes + 8L)));
        var chunks = new List<HdfChunk>();
        for (int i = 0; i < used; i++)
        {
            long size = entries.UInt32();
            uint mask = entries.UInt32();
            long[] origin = new long[axes];
            for (int axis = 0; axis < axes; axis++) origin[axis] = entries.Int64();
            entries.Skip(8);   // within an element
            long child = entries.Int64();
            if (own > 0) chunks.AddRange(Node(bytes, layout, child, own - 1));
            else chunks.Add(new HdfChunk(origin, child, size, mask));
        }
        return chunks;
    }
}
