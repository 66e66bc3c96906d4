using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>Writes AEDAT4 files byte for byte, as iniVation describes the format: each flatbuffer by hand, with the one layout that it needs.</summary>
internal static class AedatFile
{
    public const int None = 0, Lz4 = 1, Lz4High = 2, Zstd = 3, ZstdHigh = 4;

    /// <summary>A file.</summary>
    /// <param name="packing">How its header says that packets are packed.</param>
    /// <param name="info">The text that describes its streams.</param>
    /// <param name="pack">Packs a packet; null for not at all.</param>
    /// <param name="indexed">Whether the table of all packets is behind them, as in a recording that was ended.</param>
    /// <param name="packets">Each packet's stream, its content, and how many things are in it.</param>
    public static byte[] Bytes(int packing, string info, Func<byte[], byte[]>? pack, bool indexed, params (int Stream, byte[] Content, int Count)[] packets)
    {
        using var file = new MemoryStream();
        file.Write("#!AER-DAT4.0\r\n"u8);
        long head = file.Position;
        file.Write(Header(packing, -1, info));
        var index = new List<(long At, int Stream, int Bytes, int Count)>();
        foreach (var (stream, content, count) in packets)
        {
            byte[] packed = pack?.Invoke(content) ?? content;
            file.Write(Words(stream, packed.Length));
            index.Add((file.Position, stream, packed.Length, count));
            file.Write(packed);
        }
        if (!indexed) return file.ToArray();

        long end = file.Position;
        byte[] table = Index(index);
        file.Write(pack?.Invoke(table) ?? table);
        file.Position = head;
        file.Write(Header(packing, end, info));
        return file.ToArray();
    }

    /// <summary>A recording of one stream of events, in packets of so many.</summary>
    public static byte[] Recording(int packing, Func<byte[], byte[]>? pack, int width, int height, int perPacket, params (long Time, int X, int Y, bool On)[] events)
        => Bytes(packing, Info((0, "EVTS", width, height)), pack, indexed: true, [.. events.Chunk(perPacket).Select(chunk => (0, Events(chunk), chunk.Length))]);

    /// <summary>A packet of events: the table's offset, the type's letters, the vtable, the table, and the vector of 16 bytes each.</summary>
    public static byte[] Events(params (long Time, int X, int Y, bool On)[] events)
    {
        byte[] bytes = [.. Words(16), .. "EVTS"u8, 6, 0, 8, 0, 4, 0, 0, 0, .. Words(8, 4, events.Length), .. events.SelectMany(Event)];
        return [.. Words(bytes.Length), .. bytes];
    }

    /// <summary>A packet of another type, of which nothing is to be read.</summary>
    public static byte[] Other(string type, int bytes) => [.. Words(bytes + 8), .. Words(12), .. Encoding.ASCII.GetBytes(type), .. new byte[bytes]];

    /// <summary>The streams as DV describes them.</summary>
    public static string Info(params (int Number, string Type, int Width, int Height)[] streams)
    {
        var text = new StringBuilder("<dv version=\"2.0\"><node name=\"outInfo\" path=\"/mainloop/Recorder/outInfo/\">");
        foreach (var (number, type, width, height) in streams)
        {
            text.Append(CultureInfo.InvariantCulture, $"<node name=\"{number}\" path=\"/mainloop/Recorder/outInfo/{number}/\"><attr key=\"compression\" type=\"string\">LZ4</attr>");
            text.Append(CultureInfo.InvariantCulture, $"<attr key=\"typeIdentifier\" type=\"string\">{type}</attr><node name=\"info\" path=\"info/\">");
            if (width > 0) text.Append(CultureInfo.InvariantCulture, $"<attr key=\"sizeX\" type=\"int\">{width}</attr><attr key=\"sizeY\" type=\"int\">{height}</attr>");
            text.Append("</node></node>");
        }
        return text.Append("</node></dv>").ToString();
    }

    private static byte[] Header(int packing, long end, string info)
    {
        byte[] text = Encoding.UTF8.GetBytes(info);
        // The vtable at 8, of 10 bytes, says where in the table of 20 each field is; the table at 20, its text behind it.
        byte[] bytes = [.. Words(20), .. "IOHE"u8, 10, 0, 20, 0, 4, 0, 8, 0, 16, 0, 0, 0, .. Words(12, packing), .. Long(end), .. Words(4, text.Length), .. text, 0];
        return [.. Words(bytes.Length), .. bytes];
    }

    /// <summary>The table of all packets: where its content begins, its head, how many things are in it, and times that nobody needs.</summary>
    private static byte[] Index(List<(long At, int Stream, int Bytes, int Count)> packets)
    {
        const int TableBytes = 44, VTableBytes = 14, Vector = 24;
        int vtable = Vector + 4 + 4 * packets.Count, first = vtable + VTableBytes + 2;
        List<byte> bytes = [.. Words(16), .. "FTAB"u8, 6, 0, 8, 0, 4, 0, 0, 0, .. Words(8, 4, packets.Count)];
        for (int i = 0; i < packets.Count; i++) bytes.AddRange(Words(first + i * TableBytes - (Vector + 4 + 4 * i)));
        bytes.AddRange([VTableBytes, 0, TableBytes, 0, 12, 0, 4, 0, 20, 0, 28, 0, 36, 0, 0, 0]);
        for (int i = 0; i < packets.Count; i++)
        {
            var (at, stream, size, count) = packets[i];
            bytes.AddRange([.. Words(first + i * TableBytes - vtable, stream, size), .. Long(at), .. Long(count), .. Long(0), .. Long(0)]);
        }
        return [.. Words(bytes.Count), .. bytes];
    }

    private static byte[] Event((long Time, int X, int Y, bool On) e)
        => [.. Long(e.Time), (byte)e.X, (byte)(e.X >> 8), (byte)e.Y, (byte)(e.Y >> 8), (byte)(e.On ? 1 : 0), 0, 0, 0];

    private static byte[] Words(params int[] words)
    {
        byte[] bytes = new byte[sizeof(int) * words.Length];
        for (int i = 0; i < words.Length; i++) BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(sizeof(int) * i), words[i]);
        return bytes;
    }

    private static byte[] Long(long number)
    {
        byte[] bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        return bytes;
    }
}
