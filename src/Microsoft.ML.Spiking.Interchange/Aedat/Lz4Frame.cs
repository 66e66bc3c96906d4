using System.Buffers.Binary;

namespace Microsoft.ML.Spiking.Aedat;

/// <summary>LZ4's frames: blocks of letters and of what was there before, each behind its size.</summary>
internal static class Lz4Frame
{
    private const uint Magic = 0x184D2204, StoredBlock = 0x8000_0000;
    private const int LeastRun = 4, LongNibble = 15, LongByte = 255;

    // Of the frame's first byte of flags.
    private const int Version = 0x40, VersionBits = 0xC0, Independent = 0x20, BlockChecksums = 0x10, Size = 0x08, Checksum = 0x04, Dictionary = 0x01;

    /// <param name="frame">One frame, and nothing behind it.</param>
    /// <param name="into">Takes what it unpacks to.</param>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static void Unpack(ReadOnlySpan<byte> frame, UnpackedBytes into)
    {
        int at = 0, start = into.Count;
        if (Word(frame, ref at) != Magic) throw Damaged("does not begin as one");
        int head = at, flags = Next(frame, ref at), sizes = Next(frame, ref at) >> 4 & 7;
        if ((flags & VersionBits) != Version) throw Damaged("is of another version");
        if ((flags & Dictionary) != 0) throw Damaged("needs a dictionary that is not in the file");
        if (sizes < 4) throw Damaged("has blocks of no size");
        int mostBlock = 1 << 8 + 2 * sizes;
        long? said = (flags & Size) != 0 ? Word(frame, ref at) | (long)Word(frame, ref at) << 32 : null;
        int headEnd = at;
        if (Next(frame, ref at) != (byte)(XxHash32.Of(frame[head..headEnd]) >> 8)) throw Wrong();

        for (uint word; (word = Word(frame, ref at)) != 0;)
        {
            uint bytes = word & ~StoredBlock;
            if (bytes > mostBlock || bytes > frame.Length - at) throw Damaged("has a block larger than it may be");
            ReadOnlySpan<byte> block = frame.Slice(at, (int)bytes);
            at += (int)bytes;
            if ((flags & BlockChecksums) != 0 && Word(frame, ref at) != XxHash32.Of(block)) throw Wrong();
            if ((word & StoredBlock) != 0) Store(block, into);
            else Unpack(block, into, mostBlock, floor: (flags & Independent) != 0 ? into.Count : start);
        }
        if ((flags & Checksum) != 0 && Word(frame, ref at) != XxHash32.Of(into.Bytes[start..])) throw Wrong();
        if (said is { } size && size != into.Count - start) throw Damaged($"unpacks to {into.Count - start} bytes, but says {size}");
        if (at != frame.Length) throw Damaged($"has {frame.Length - at} bytes behind its end");
    }

    private static void Store(ReadOnlySpan<byte> block, UnpackedBytes into)
    {
        Span<byte> all = into.WithRoom(block.Length);
        int at = into.Count;
        if (block.Length <= all.Length - at) block.CopyTo(all[at..]);
        into.Reach(at + block.Length);
    }

    /// <param name="block">A packed block.</param>
    /// <param name="into">Takes what it unpacks to, and has what was there before.</param>
    /// <param name="most">Bytes that a block may have.</param>
    /// <param name="floor">The first place that it may repeat.</param>
    private static void Unpack(ReadOnlySpan<byte> block, UnpackedBytes into, int most, int floor)
    {
        // A byte says 255 at most.
        Span<byte> all = into.WithRoom((int)Math.Min(most, block.Length * (long)LongByte));
        int at = into.Count, i = 0;
        while (true)
        {
            int token = Next(block, ref i), letters = Length(block, ref i, token >> 4);
            if (letters > block.Length - i || letters > all.Length - at) throw Damaged("has more letters than there are, or than it may have");
            block.Slice(i, letters).CopyTo(all[at..]);
            (i, at) = (i + letters, at + letters);
            if (i == block.Length) break;

            int back = Next(block, ref i) | Next(block, ref i) << 8, run = Length(block, ref i, token & LongNibble) + LeastRun, from = at - back;
            if (back == 0 || from < floor || run > all.Length - at) throw Damaged("repeats what is not there, or more than it may have");
            if (back >= run) all.Slice(from, run).CopyTo(all[at..]);
            else for (int k = 0; k < run; k++) all[at + k] = all[from + k];   // it reaches into what it writes
            at += run;
        }
        into.Reach(at);
    }

    private static int Length(ReadOnlySpan<byte> block, ref int i, int nibble)
    {
        int length = nibble;
        if (nibble < LongNibble) return length;
        int more;
        do length += more = Next(block, ref i);
        while (more == LongByte);
        return length;
    }

    private static byte Next(ReadOnlySpan<byte> bytes, ref int i) => i < bytes.Length ? bytes[i++] : throw Damaged("is cut short");

    private static uint Word(ReadOnlySpan<byte> bytes, ref int i)
    {
        if (bytes.Length - i < sizeof(uint)) throw Damaged("is cut short");
        uint word = BinaryPrimitives.ReadUInt32LittleEndian(bytes[i..]);
        i += sizeof(uint);
        return word;
    }

    private static InvalidDataException Wrong() => Damaged("has other bytes than its checksum says");

    private static InvalidDataException Damaged(string how) => new($"a packet's LZ4 frame {how}.");
}
