using System.Buffers.Binary;

namespace Microsoft.ML.Spiking.Aedat;

/// <summary>The packets of one stream of events, one file after the other: it holds one packet, and the room that the largest took.</summary>
internal sealed class AedatPackets
{
    /// <summary>Bytes that a packet may have, packed or not: four million events. Programs write ten thousand in one.</summary>
    public const int MostBytes = 1 << 26;

    /// <summary>Bytes of an event: its time in 64 bits, x and y in 16 each, its polarity in one byte, and three bytes of nothing.</summary>
    public const int EventBytes = 16;

    private const int HeadBytes = 2 * sizeof(int), SizeBytes = sizeof(uint);

    private readonly UnpackedBytes _unpacked = new(MostBytes);
    private byte[] _packed = [];

    /// <summary>Goes to the next packet of a stream.</summary>
    /// <param name="file">Stands where a packet begins.</param>
    /// <param name="header">The file's header.</param>
    /// <param name="number">The stream; packets of others are passed over unread.</param>
    /// <param name="events">Its events, each of <see cref="EventBytes"/> bytes; they stand until the next packet.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public bool Next(FileStream file, AedatHeader header, int number, out ReadOnlySpan<byte> events)
    {
        events = [];
        Span<byte> head = stackalloc byte[HeadBytes];
        long end = header.DataEnd ?? file.Length;
        for (long start; (start = file.Position) < end;)
        {
            if (end - start < HeadBytes) throw Short(start, end);
            file.ReadExactly(head);
            int stream = BinaryPrimitives.ReadInt32LittleEndian(head), bytes = BinaryPrimitives.ReadInt32LittleEndian(head[sizeof(int)..]);
            if (bytes < 0) throw new InvalidDataException($"the packet at byte {start} has {bytes} bytes.");
            if (bytes > end - file.Position) throw Short(start, end);
            if (stream != number)
            {
                file.Position += bytes;
                continue;
            }
            if (bytes > MostBytes) throw new InvalidDataException($"the packet at byte {start} has {bytes} bytes, but {MostBytes} are the most.");
            if (_packed.Length < bytes) _packed = new byte[bytes];
            file.ReadExactly(_packed, 0, bytes);
            events = Events(Unpack(bytes, header.Packing), start);
            return true;
        }
        return false;
    }

    private ReadOnlySpan<byte> Unpack(int bytes, AedatPacking packing)
    {
        _unpacked.Clear();
        switch (packing)
        {
            case AedatPacking.None:
                return _packed.AsSpan(0, bytes);
            case AedatPacking.Lz4 or AedatPacking.Lz4High:
                Lz4Frame.Unpack(_packed.AsSpan(0, bytes), _unpacked);
                break;
            default:
                ZstdFrame.Unpack(_packed, bytes, _unpacked);
                break;
        }
        return _unpacked.Bytes;
    }

    /// <summary>The events of a flatbuffer behind its size.</summary>
    private static ReadOnlySpan<byte> Events(ReadOnlySpan<byte> sized, long start)
    {
        uint bytes = sized.Length >= SizeBytes ? BinaryPrimitives.ReadUInt32LittleEndian(sized) : 0;
        if (bytes == 0 || bytes > sized.Length - SizeBytes)
        {
            throw new InvalidDataException(
                $"the packet at byte {start} says that {bytes} bytes are in it, but there are {Math.Max(0, sized.Length - SizeBytes)}.");
        }
        ReadOnlySpan<byte> buffer = sized.Slice(SizeBytes, (int)bytes);
        // Some writers leave the identifier out.
        return FlatTable.Is(buffer, "FRME"u8) || FlatTable.Is(buffer, "IMUS"u8) || FlatTable.Is(buffer, "TRIG"u8)
            ? throw new InvalidDataException($"the packet at byte {start} is of a stream of events, but says that it holds none.")
            : new FlatTable(buffer).Vector(field: 0, EventBytes);
    }

    private static InvalidDataException Short(long start, long end)
        => new($"the packet at byte {start} is cut short, as packets end at byte {end}; was the recording broken off? Save it again with iniVation's DV.");
}
