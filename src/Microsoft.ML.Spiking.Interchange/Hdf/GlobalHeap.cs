namespace Microsoft.ML.Spiking.Hdf;

/// <summary>Texts and sequences, in collections all over the file.</summary>
/// <param name="bytes">The file.</param>
internal sealed class GlobalHeap(HdfBytes bytes)
{
    private const int Head = 16;

    private readonly Dictionary<long, Dictionary<int, (long Address, long Size)>> _collections = [];

    /// <summary>The bytes of a text or a sequence.</summary>
    /// <param name="collection">Address of its collection.</param>
    /// <param name="index">Its number there.</param>
    /// <param name="size">How many of its bytes are meant.</param>
    public byte[] At(long collection, uint index, long size)
    {
        if (!_collections.TryGetValue(collection, out var objects)) _collections.Add(collection, objects = Read(collection));
        if (!objects.TryGetValue((int)index, out var place)) throw new InvalidDataException($"item {index} of a heap is not there.");
        if (size > place.Size) throw new InvalidDataException($"an item of a heap is {place.Size} bytes long, but should be {size}.");
        return bytes.Again(place.Address, size);
    }

    /// <summary>Every text and sequence has its own bytes: together they cannot be more than the file.</summary>
    /// <param name="references">Where they say they are.</param>
    /// <param name="elementBytes">Of a letter or a number.</param>
    public void Check(ReadOnlySpan<byte> references, int elementBytes)
    {
        long total = 0;
        for (var cursor = new HdfCursor(references); cursor.Left > 0; cursor.Skip(HdfType.ReferenceBytes - sizeof(uint))) total += cursor.UInt32();
        if (total > bytes.Length / elementBytes) throw new InvalidDataException("its texts or sequences together are longer than the file.");
    }

    private Dictionary<int, (long Address, long Size)> Read(long collection)
    {
        var head = new HdfCursor(bytes.At(collection, Head));
        head.Expect("GCOL"u8, "a heap of texts and sequences");
        head.Version("a heap of texts and sequences", 1, 1);
        head.Skip(3);
        long size = head.Int64();
        if (size < Head || size > bytes.Length - collection) throw new InvalidDataException("a heap of texts and sequences is longer than the file.");
        var objects = new Dictionary<int, (long Address, long Size)>();
        for (long at = collection + Head; at + Head <= collection + size;)
        {
            var item = new HdfCursor(bytes.At(at, Head));
            int index = item.UInt16();
            item.Skip(6);
            long length = item.Int64();
            if (index == 0) break;   // the rest is free
            if (length < 0 || length > collection + size - at - Head || !objects.TryAdd(index, (at + Head, length)))
                throw new InvalidDataException("a heap of texts and sequences is damaged.");
            at += Head + (length + 7) / 8 * 8;
        }
        return objects;
    }
}
