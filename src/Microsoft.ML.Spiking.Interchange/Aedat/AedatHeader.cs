using System.Buffers.Binary;
using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Microsoft.ML.Spiking.Aedat;

/// <summary>What stands at the beginning of an AEDAT4 file.</summary>
/// <param name="Packing">How its packets are packed.</param>
/// <param name="DataEnd">Where its packets end; null for the file's end.</param>
/// <param name="Streams">What it describes, in the order of their numbers; none in files of some writers.</param>
internal sealed record AedatHeader(AedatPacking Packing, long? DataEnd, IReadOnlyList<AedatStream> Streams)
{
    // A stream takes about a thousand bytes of the text that describes it.
    private const int MostBytes = 1 << 20;

    // The schema's fields.
    private const int PackingField = 0, TablePositionField = 1, InfoField = 2;

    private static ReadOnlySpan<byte> Version => "#!AER-DAT4.0\r\n"u8;

    /// <summary>Reads a header; the stream then stands at the first packet.</summary>
    /// <exception cref="InvalidDataException">It is none, or is damaged.</exception>
    public static AedatHeader Read(Stream stream)
    {
        Span<byte> start = stackalloc byte[Version.Length + sizeof(uint)];
        int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (!start[..Math.Min(read, Version.Length)].SequenceEqual(Version)) throw new InvalidDataException(Other(start[..read]));
        uint bytes = read == start.Length ? BinaryPrimitives.ReadUInt32LittleEndian(start[Version.Length..]) : 0;
        if (bytes > MostBytes) throw new InvalidDataException($"its header has {bytes} bytes, but {MostBytes} are the most.");
        byte[] buffer = new byte[Math.Min(bytes, stream.Length - stream.Position)];
        if (buffer.Length < bytes || bytes == 0) throw new InvalidDataException("its header is cut short.");
        stream.ReadExactly(buffer);

        var table = new FlatTable(buffer);
        var packing = (AedatPacking)table.Int32(PackingField, (int)AedatPacking.None);
        if (!Enum.IsDefined(packing)) throw new InvalidDataException($"its packets are packed in way {(int)packing}, which the format does not know.");
        long end = table.Int64(TablePositionField, -1);
        if (end >= 0 && (end < stream.Position || end > stream.Length))
            throw new InvalidDataException($"its packets end at byte {end}, but the file has {stream.Length}, and they begin at {stream.Position}.");
        return new AedatHeader(packing, end >= 0 ? end : null, Described(table.Text(InfoField).TrimEnd('\0')));
    }

    private static string Other(ReadOnlySpan<byte> start)
        => start.StartsWith("#!AER-DAT"u8)
            ? "it is of another version of AEDAT than 4.0; save it in that one with iniVation's DV."
            : "it does not begin with #!AER-DAT4.0.";

    private static AedatStream[] Described(string info)
    {
        if (info.Length == 0) return [];
        using var reader = XmlReader.Create(new StringReader(info), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        XElement? outputs = Child(XDocument.Load(reader).Root, "outInfo");
        AedatStream[] streams = [.. (outputs?.Elements("node") ?? []).Select(Stream).OrderBy(stream => stream.Number)];
        return streams.DistinctBy(stream => stream.Number).Count() == streams.Length
            ? streams
            : throw new InvalidDataException("its header describes a stream twice.");
    }

    private static AedatStream Stream(XElement node)
    {
        string name = node.Attribute("name")?.Value ?? "";
        if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            throw new InvalidDataException($"its header describes a stream '{Short(name)}', but streams have numbers.");
        return new AedatStream(number, Short(Attribute(node, "typeIdentifier") ?? "unknown"), Size(node, "sizeX"), Size(node, "sizeY"));
    }

    private static int? Size(XElement node, string key)
    {
        if (Child(node, "info") is not { } info || Attribute(info, key) is not { } text) return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int size) && size is > 0 and <= short.MaxValue
            ? size
            : throw new InvalidDataException($"its header says that {key} is '{Short(text)}', but a camera has 1 to {short.MaxValue} pixels a line.");
    }

    private static XElement? Child(XElement? node, string name) => node?.Elements("node").FirstOrDefault(child => child.Attribute("name")?.Value == name);

    private static string? Attribute(XElement node, string key)
        => node.Elements("attr").FirstOrDefault(attribute => attribute.Attribute("key")?.Value == key)?.Value.Trim();

    private static string Short(string text)
    {
        const int Most = 20;
        return text.Length <= Most ? text : text[..Most] + "...";
    }
}
