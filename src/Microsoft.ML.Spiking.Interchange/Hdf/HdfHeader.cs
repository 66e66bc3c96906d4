namespace Microsoft.ML.Spiking.Hdf;

/// <summary>The header of an object, a group or a dataset: its messages.</summary>
internal sealed class HdfHeader
{
    private const int MostBlocks = 1024, SharedFlag = 2;

    private readonly List<HdfMessage> _messages = [];

    private HdfHeader()
    {
    }

    /// <summary>The message of a kind; null where there is none.</summary>
    public HdfMessage? this[HdfMessageKind kind] => _messages.Where(message => message.Kind == kind).Select(message => (HdfMessage?)message).FirstOrDefault();

    public IEnumerable<HdfMessage> All(HdfMessageKind kind) => _messages.Where(message => message.Kind == kind);

    public bool Has(HdfMessageKind kind) => this[kind] is not null;

    /// <summary>Reads the header at an address.</summary>
    public static HdfHeader Read(HdfBytes bytes, long address)
    {
        var header = new HdfHeader();
        byte[] first = bytes.At(address, 4);
        if (first.AsSpan().SequenceEqual("OHDR"u8)) header.ReadNew(bytes, address);
        else header.ReadOld(bytes, address);
        return header;
    }

    private void ReadOld(HdfBytes bytes, long address)
    {
        const int prefix = 16;
        var cursor = new HdfCursor(bytes.At(address, prefix));
        cursor.Version("an object's header", 1, 1);
        cursor.Skip(1 + 2 + 4);   // how many messages and links
        long size = cursor.UInt32();
        var blocks = new Queue<(long Address, long Size)>([(address + prefix, size)]);
        for (int read = 0; blocks.TryDequeue(out var block); read++)
        {
            if (read == MostBlocks) throw new InvalidDataException("an object's header goes on without end.");
            var rest = new HdfCursor(bytes.At(block.Address, block.Size));
            while (rest.Left >= 8)
            {
                int kind = rest.UInt16(), length = rest.UInt16();
                byte flags = rest.Byte();
                rest.Skip(3);
                Add(kind, flags, rest.Take(length), blocks);
            }
        }
    }

    private void ReadNew(HdfBytes bytes, long address)
    {
        const int fixedPart = 6, timesFlag = 0x20, phaseFlag = 0x10, orderFlag = 0x4, checksum = 4;
        var start = new HdfCursor(bytes.At(address, fixedPart));
        start.Skip(4);
        start.Version("an object's header", 2, 2);
        byte flags = start.Byte();
        int optional = ((flags & timesFlag) != 0 ? 16 : 0) + ((flags & phaseFlag) != 0 ? 4 : 0), sizeBytes = 1 << (flags & 3);
        long begin = address + fixedPart + optional;
        long size = new HdfCursor(bytes.At(begin, sizeBytes)).Number(sizeBytes);
        int order = (flags & orderFlag) != 0 ? 2 : 0;

        var blocks = new Queue<(long Address, long Size)>([(begin + sizeBytes, size)]);
        for (int read = 0; blocks.TryDequeue(out var block); read++)
        {
            if (read == MostBlocks) throw new InvalidDataException("an object's header goes on without end.");
            var rest = new HdfCursor(bytes.At(block.Address, block.Size));
            if (read > 0)
            {
                rest.Expect("OCHK"u8, "a part of an object's header");
                if (rest.Left < checksum) throw new InvalidDataException("a part of an object's header ends too soon.");
                rest = new HdfCursor(rest.Take(rest.Left - checksum));
            }
            while (rest.Left >= 4 + order)
            {
                int kind = rest.Byte(), length = rest.UInt16();
                byte messageFlags = rest.Byte();
                rest.Skip(order);
                Add(kind, messageFlags, rest.Take(length), blocks);
            }
        }
    }

    private void Add(int kind, byte flags, ReadOnlySpan<byte> data, Queue<(long Address, long Size)> blocks)
    {
        if (!Enum.IsDefined((HdfMessageKind)kind)) return;
        var message = new HdfMessage((HdfMessageKind)kind, (flags & SharedFlag) != 0, data.ToArray());
        if (message.Kind != HdfMessageKind.Continuation)
        {
            _messages.Add(message);
            return;
        }
        HdfCursor cursor = message.Cursor();
        blocks.Enqueue((cursor.Int64(), cursor.Int64()));
    }
}
