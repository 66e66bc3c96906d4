namespace Microsoft.ML.Spiking.Hdf;

/// <summary>The names of a group in the older form: a tree of pages, and a heap of their letters.</summary>
internal static class SymbolTable
{
    private const byte SoftEntry = 2, SoftLink = 1;

    // As many levels as 2^64 names could need.
    private const int MostLevels = 64;

    public static void Read(HdfBytes bytes, HdfMessage message, SortedDictionary<string, long> links)
    {
        HdfCursor cursor = message.Cursor();
        long tree = cursor.Int64(), heap = cursor.Int64();
        var letters = new HdfCursor(bytes.At(heap, 32));
        letters.Expect("HEAP"u8, "the heap of a group's names");
        letters.Skip(4);
        long size = letters.Int64();
        letters.Skip(sizeof(long));
        ReadNode(bytes, tree, level: null, bytes.At(letters.Int64(), size), links);
    }

    private static void ReadNode(HdfBytes bytes, long address, int? level, byte[] names, SortedDictionary<string, long> links)
    {
        const int head = 24;
        var cursor = new HdfCursor(bytes.At(address, head));
        cursor.Expect("TREE"u8, "the tree of a group's names");
        if (cursor.Byte() != 0) throw new InvalidDataException("the tree of a group's names is one of numbers.");
        int own = cursor.Byte(), used = cursor.UInt16();
        if (level is { } expected && own != expected || own > MostLevels) throw new InvalidDataException("the tree of a group's names runs in a circle.");
        var entries = new HdfCursor(bytes.At(address + head, (long)used * 16 + 8));
        for (int i = 0; i < used; i++)
        {
            entries.Skip(sizeof(long));
            long child = entries.Int64();
            if (own > 0) ReadNode(bytes, child, own - 1, names, links);
            else ReadPage(bytes, child, names, links);
        }
    }

    private static void ReadPage(HdfBytes bytes, long address, byte[] names, SortedDictionary<string, long> links)
    {
        const int head = 8, entry = 40;
        var cursor = new HdfCursor(bytes.At(address, head));
        cursor.Expect("SNOD"u8, "a page of a group's names");
        cursor.Version("a page of a group's names", 1, 1);
        cursor.Skip(1);
        int count = cursor.UInt16();
        var entries = new HdfCursor(bytes.At(address + head, (long)count * entry));
        for (int i = 0; i < count; i++)
        {
            long name = entries.Int64(), header = entries.Int64();
            bool soft = entries.UInt32() == SoftEntry;
            entries.Skip(20);
            HdfLinks.Add(NameAt(names, name), soft ? SoftLink : (byte)0, header, links);
        }
    }

    private static string NameAt(byte[] names, long offset)
    {
        if (offset < 0 || offset >= names.Length) throw new InvalidDataException("a name is not where the file says.");
        ReadOnlySpan<byte> rest = names.AsSpan((int)offset);
        int end = rest.IndexOf((byte)0);
        return HdfLinks.Text(end < 0 ? throw new InvalidDataException("a name does not end.") : rest[..end]);
    }
}
