using System.Buffers.Binary;

namespace Microsoft.ML.Spiking.Hdf;

/// <summary>A dataset: an array of numbers, texts or sequences, which are read when they are asked for.</summary>
internal sealed class HdfDataset
{
    private readonly HdfBytes _bytes;
    private readonly HdfLayout _layout;
    private readonly HdfFilters _filters;
    private readonly byte[] _fill;

    private HdfDataset(HdfBytes bytes, string path, HdfHeader header)
    {
        if (header.Has(HdfMessageKind.ExternalFiles))
            throw new InvalidDataException("its elements are in other files, which are never opened. Copy them into this one.");
        (_bytes, Path) = (bytes, path);
        Type = HdfType.Read(Needed(header, HdfMessageKind.Type));
        Space = HdfSpace.Read(Needed(header, HdfMessageKind.Space));
        _layout = HdfLayout.Read(Needed(header, HdfMessageKind.Layout));
        _filters = header[HdfMessageKind.Filters] is { } filters ? HdfFilters.Read(filters.Cursor()) : HdfFilters.None;
        _fill = Fill(header);
    }

    /// <summary>From the root on.</summary>
    public string Path { get; }

    public HdfType Type { get; }

    public HdfSpace Space { get; }

    internal static HdfDataset Read(HdfBytes bytes, string path, HdfHeader header) => new(bytes, path, header);

    /// <summary>Its numbers, exactly; floats, or integers as far as a double holds them exactly.</summary>
    public double[] Doubles() => Within(() => HdfNumbers.Doubles(Elements(HdfKind.Float, HdfKind.Integer), Type));

    /// <summary>Its integers.</summary>
    public long[] Integers() => Within(() => HdfNumbers.Integers(Elements(HdfKind.Integer), Type));

    /// <summary>Its truths; of integers, all but 0.</summary>
    public bool[] Booleans() => Within(() => HdfNumbers.Booleans(Elements(HdfKind.Boolean, HdfKind.Integer), Type.Size));

    /// <summary>Its texts.</summary>
    public string[] Texts() => Within(() => Type.Kind == HdfKind.Text ? ReferredTexts() : FixedTexts());

    /// <summary>Its sequences, each read when it is asked for; their numbers exactly.</summary>
    public HdfSequences Sequences()
        => Within(() => Type.Element is { Kind: HdfKind.Float or HdfKind.Integer } element ? new HdfSequences(_bytes, Path, element, Elements(HdfKind.Sequence))
            : throw new InvalidDataException($"it holds elements of type {Type.Name}; sequences of numbers are needed."));

    private string[] FixedTexts()
    {
        byte[] bytes = Elements(HdfKind.FixedText);
        string[] texts = new string[Space.Count];
        for (int i = 0; i < texts.Length; i++)
        {
            ReadOnlySpan<byte> text = bytes.AsSpan(i * Type.Size, Type.Size);
            int end = text.IndexOf((byte)0);
            texts[i] = HdfLinks.Text(end < 0 ? text : text[..end]).TrimEnd(' ');
        }
        return texts;
    }

    private string[] ReferredTexts()
    {
        byte[] references = Elements(HdfKind.Text);
        var heap = new GlobalHeap(_bytes);
        heap.Check(references, elementBytes: 1);
        var cursor = new HdfCursor(references);
        string[] texts = new string[Space.Count];
        for (int i = 0; i < texts.Length; i++)
        {
            long length = cursor.UInt32(), collection = cursor.Int64();
            uint index = cursor.UInt32();
            texts[i] = length == 0 ? "" : HdfLinks.Text(heap.At(collection, index, length).AsSpan().TrimEnd((byte)0));
        }
        return texts;
    }

    /// <summary>The bytes of all elements.</summary>
    private byte[] Elements(params ReadOnlySpan<HdfKind> kinds)
    {
        if (!kinds.Contains(Type.Kind))
        {
            string needed = string.Join(" or ", kinds.ToArray()).ToLowerInvariant();
            throw new InvalidDataException($"it holds elements of type {Type.Name}; {needed} is needed.");
        }
        long size = Space.Count * Type.Size;
        return _layout switch
        {
            HdfLayout.Compact compact => compact.Data.Length >= size ? compact.Data[..(int)size] : throw Short(compact.Data.Length, size),
            HdfLayout.Contiguous { Address: HdfBytes.Nowhere } => Filled(size),
            HdfLayout.Contiguous { Size: var there } when there < size => throw Short(there, size),
            HdfLayout.Contiguous contiguous => _bytes.At(contiguous.Address, size),
            HdfLayout.Chunked chunked => Chunks(chunked, size),
            _ => throw new InvalidDataException("how its elements lie is not known."),
        };
    }

    private byte[] Chunks(HdfLayout.Chunked layout, long size)
    {
        if (layout.Shape.Length != Space.Shape.Count || layout.ElementBytes != Type.Size)
            throw new InvalidDataException("its chunks are of another shape than itself.");
        byte[] all = Filled(size);
        long chunkBytes = layout.Shape.Aggregate((long)Type.Size, (bytes, axis) => bytes > int.MaxValue ? bytes : bytes * axis);
        foreach (HdfChunk chunk in HdfChunks.Of(_bytes, layout, Space, chunkBytes, _filters.Any))
        {
            if (chunk.Address == HdfBytes.Nowhere) continue;
            for (int axis = 0; axis < chunk.Origin.Length; axis++)
            {
                if (chunk.Origin[axis] < 0 || chunk.Origin[axis] >= Space.Shape[axis] || chunk.Origin[axis] % layout.Shape[axis] != 0)
                    throw new InvalidDataException("a chunk is outside of its shape.");
            }
            bool reachesOver = chunk.Origin.Where((origin, axis) => origin + layout.Shape[axis] > Space.Shape[axis]).Any();
            HdfFilters filters = reachesOver && !layout.FiltersEdges ? HdfFilters.None : _filters;
            byte[] room = _bytes.Room(chunkBytes);
            Place(filters.Undo(_bytes.At(chunk.Address, chunk.Size), room, chunk.Mask, Type.Size), layout.Shape, chunk.Origin, all);
        }
        return all;
    }

    /// <summary>Copies a chunk to where it belongs, line by line along the last axis, as far as the dataset reaches.</summary>
    private void Place(byte[] chunk, long[] shape, long[] origin, byte[] all)
    {
        int last = shape.Length - 1;
        int line = (int)Math.Min(shape[last], Space.Shape[last] - origin[last]) * Type.Size;
        long lines = chunk.Length / (shape[last] * Type.Size);
        for (long number = 0; number < lines; number++)
        {
            long rest = number, stride = 1, target = 0;
            bool inside = true;
            for (int axis = last; axis >= 0; axis--)
            {
                long within = axis == last ? 0 : rest % shape[axis];
                if (axis < last) rest /= shape[axis];
                inside &= origin[axis] + within < Space.Shape[axis];
                target += (origin[axis] + within) * stride;
                stride *= Space.Shape[axis];
            }
            if (inside) chunk.AsSpan((int)(number * shape[last]) * Type.Size, line).CopyTo(all.AsSpan((int)target * Type.Size));
        }
    }

    private byte[] Filled(long size)
    {
        byte[] all = _bytes.Room(size);
        for (int at = 0; _fill.Length > 0 && at < all.Length; at += _fill.Length) _fill.CopyTo(all, at);
        return all;
    }

    private byte[] Fill(HdfHeader header)
    {
        if (header[HdfMessageKind.Fill] is not { } message) return [];
        HdfCursor cursor = message.Cursor();
        byte version = cursor.Version("what stands where nothing was written", 1, 3), flags = cursor.Byte();
        if (version < 3) cursor.Skip(1);
        bool isDefined = version < 3 ? cursor.Byte() != 0 : (flags & 0x20) != 0;
        if (!isDefined) return [];
        byte[] fill = cursor.Take(cursor.UInt32()).ToArray();
        return fill.Length == Type.Size && fill.AsSpan().ContainsAnyExcept((byte)0) ? fill : [];
    }

    private static HdfCursor Needed(HdfHeader header, HdfMessageKind kind)
        => header[kind] is { } message ? message.Cursor() : throw new InvalidDataException($"it has no {kind}: it is no dataset.");

    private static InvalidDataException Short(long there, long size) => new($"{size} bytes are needed, and {there} are there.");

    private T Within<T>(Func<T> read) => HdfGroup.Within(Path, read);
}
