using System.Buffers.Binary;
using System.IO.Compression;

namespace Microsoft.ML.Spiking.Hdf;

/// <summary>The filters that a dataset's chunks went through when they were written, in that order.</summary>
internal sealed class HdfFilters
{
    private const int Deflate = 1, Shuffle = 2, Fletcher32 = 3, Lzf = 32000;

    private readonly int[] _filters;

    private HdfFilters(int[] filters)
    {
        foreach (int filter in filters)
        {
            if (filter is not (Deflate or Shuffle or Fletcher32 or Lzf))
                throw new InvalidDataException($"it is packed with {Name(filter)}, which is not read here; gzip, lzf, shuffle and fletcher32 are.");
        }
        // Each a thousandfold, one behind the other: no file that is meant well.
        if (filters.Count(filter => filter is Deflate or Lzf) > 1) throw new InvalidDataException("it is packed more than once.");
        _filters = filters;
    }

    public static HdfFilters None { get; } = new([]);

    public bool Any => _filters.Length > 0;

    public static HdfFilters Read(HdfCursor cursor)
    {
        const int firstNamed = 256, most = 32;
        byte version = cursor.Version("the list of its filters", 1, 2);
        int count = cursor.Byte();
        if (count > most) throw new InvalidDataException("it went through more filters than there can be.");
        if (version == 1) cursor.Skip(6);
        int[] filters = new int[count];
        for (int i = 0; i < count; i++)
        {
            filters[i] = cursor.UInt16();
            int name = version == 1 || filters[i] >= firstNamed ? cursor.UInt16() : 0;
            cursor.Skip(2);
            int values = cursor.UInt16();
            cursor.Skip(version == 1 ? (name + 7) / 8 * 8 : name);
            cursor.Skip(sizeof(uint) * (values + (version == 1 ? values % 2 : 0)));
        }
        return new HdfFilters(filters);
    }

    /// <summary>A chunk as it was before.</summary>
    /// <param name="stored">As it is in the file.</param>
    /// <param name="room">Its bytes, to be filled.</param>
    /// <param name="mask">A bit for each filter that was left out.</param>
    /// <param name="elementBytes">Of an element.</param>
    public byte[] Undo(byte[] stored, byte[] room, uint mask, int elementBytes)
    {
        byte[] bytes = stored;
        for (int i = _filters.Length - 1; i >= 0; i--)
        {
            if ((mask >> i & 1) != 0) continue;
            bytes = _filters[i] switch
            {
                Deflate => Inflated(bytes, room.Length + ChecksumLeft(i, mask)),
                Lzf => LzfPacking.Unpack(bytes, room.Length + ChecksumLeft(i, mask)),
                Shuffle => Unshuffled(bytes, elementBytes),
                _ => Checked(bytes),
            };
        }
        if (bytes.Length != room.Length) throw new InvalidDataException($"a chunk has {bytes.Length} bytes, but its shape says {room.Length}.");
        return bytes;
    }

    /// <summary>What a checksum inside the packing adds.</summary>
    private int ChecksumLeft(int packing, uint mask)
    {
        int added = 0;
        for (int i = 0; i < packing; i++)
            if (_filters[i] == Fletcher32 && (mask >> i & 1) == 0) added += sizeof(uint);
        return added;
    }

    private static byte[] Inflated(byte[] packed, int length)
    {
        byte[] bytes = new byte[length];
        using var inflating = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
        int read = inflating.ReadAtLeast(bytes, length, throwOnEndOfStream: false);
        if (read < length || inflating.ReadByte() >= 0) throw new InvalidDataException("a chunk unpacks to another size than its shape says.");
        return bytes;
    }

    /// <summary>All first bytes lay together, then all second ones; what is left over at the end stays there.</summary>
    private static byte[] Unshuffled(byte[] shuffled, int elementBytes)
    {
        byte[] bytes = new byte[shuffled.Length];
        int count = shuffled.Length / elementBytes;
        for (int part = 0; part < elementBytes; part++)
            for (int i = 0; i < count; i++) bytes[i * elementBytes + part] = shuffled[part * count + i];
        shuffled.AsSpan(count * elementBytes).CopyTo(bytes.AsSpan(count * elementBytes));
        return bytes;
    }

    private static byte[] Checked(byte[] bytes)
    {
        if (bytes.Length < sizeof(uint)) throw new InvalidDataException("a chunk has no checksum.");
        byte[] data = bytes[..^sizeof(uint)];
        if (Fletcher(data) != BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(data.Length)))
            throw new InvalidDataException("a chunk does not have its checksum.");
        return data;
    }

    /// <summary>Fletcher's sums over 16-bit words, as HDF5 counts them: the first byte is the larger, and an odd last one stands above nothing.</summary>
    private static uint Fletcher(ReadOnlySpan<byte> data)
    {
        const uint modulus = 65535;
        uint first = 0, second = 0;
        for (int i = 0; i < data.Length; i += 2)
        {
            first = (first + (uint)(data[i] << 8 | (i + 1 < data.Length ? data[i + 1] : 0))) % modulus;
            second = (second + first) % modulus;
        }
        return second << 16 | first;
    }

    private static string Name(int filter) => filter switch
    {
        4 => "szip",
        5 => "n-bit",
        6 => "scale-offset",
        307 => "bzip2",
        32001 => "blosc",
        32004 => "lz4",
        32008 => "bitshuffle",
        32015 => "zstd",
        _ => $"filter {filter}",
    };
}
