namespace Microsoft.ML.Spiking.Hdf;

/// <summary>The names of a group in the newer form for many: a tree of places in a heap of link messages.</summary>
internal static class DenseLinks
{
    private const int NameRecords = 5, RecordBytes = 11, HashBytes = 4, HeapIdBytes = 7, NodeOverhead = 10;

    public static void Read(HdfBytes bytes, HdfMessage message, SortedDictionary<string, long> links)
    {
        HdfCursor cursor = message.Cursor();
        cursor.Version("what a group says of its links", 0, 0);
        byte flags = cursor.Byte();
        if ((flags & 1) != 0) cursor.Skip(sizeof(long));   // in what order they were made
        long heap = cursor.Int64(), tree = cursor.Int64();
        if (heap == HdfBytes.Nowhere) return;

        var head = new HdfCursor(bytes.At(tree, 38));
        head.Expect("BTHD"u8, "the tree of a group's names");
        head.Version("the tree of a group's names", 0, 0);
        if (head.Byte() != NameRecords) throw new InvalidDataException("the tree of a group's names is one of something else.");
        long nodeBytes = head.UInt32();
        int recordBytes = head.UInt16(), depth = head.UInt16();
        if (recordBytes != RecordBytes || nodeBytes <= NodeOverhead + RecordBytes)
            throw new InvalidDataException("the tree of a group's names has records of another size.");
        head.Skip(2);
        long root = head.Int64();
        int records = head.UInt16();
        if (root == HdfBytes.Nowhere) return;
        // Wider counts need the numbers of all levels below; one level holds thousands of names.
        if (depth > 1) throw new InvalidDataException("a group has more names than are read here.");
        ReadNode(bytes, root, records, depth, (nodeBytes - NodeOverhead) / RecordBytes, FractalHeap.Open(bytes, heap), links);
    }

    private static void ReadNode(HdfBytes bytes, long address, int records, int depth, long mostInLeaf, FractalHeap heap, SortedDictionary<string, long> links)
    {
        int countBytes = mostInLeaf > byte.MaxValue ? mostInLeaf > ushort.MaxValue ? 3 : 2 : 1;
        var cursor = new HdfCursor(bytes.At(address, 6 + (long)records * RecordBytes + (depth > 0 ? (records + 1L) * (sizeof(long) + countBytes) : 0)));
        cursor.Expect(depth > 0 ? "BTIN"u8 : "BTLF"u8, "a node of the tree of a group's names");
        cursor.Skip(2);
        for (int i = 0; i < records; i++)
        {
            cursor.Skip(HashBytes);
            HdfLinks.Add(new HdfCursor(heap.At(cursor.Take(HeapIdBytes))), links);
        }
        for (int i = 0; depth > 0 && i <= records; i++)
            ReadNode(bytes, cursor.Int64(), (int)cursor.Number(countBytes), depth - 1, mostInLeaf, heap, links);
    }
}
