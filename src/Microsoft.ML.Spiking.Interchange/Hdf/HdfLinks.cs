using System.Text;

namespace Microsoft.ML.Spiking.Hdf;

/// <summary>The names in a group, and the address of the header that each is linked to.</summary>
internal static class HdfLinks
{
    private const byte Hard = 0, Soft = 1, External = 64;

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static bool IsGroup(HdfHeader header)
        => !header.Has(HdfMessageKind.Layout)
            && (header.Has(HdfMessageKind.SymbolTable) || header.Has(HdfMessageKind.LinkInfo) || header.Has(HdfMessageKind.Link));

    public static SortedDictionary<string, long> Read(HdfBytes bytes, HdfHeader header)
    {
        if (!IsGroup(header)) throw new InvalidDataException("it is no group.");
        var links = new SortedDictionary<string, long>(StringComparer.Ordinal);
        if (header[HdfMessageKind.SymbolTable] is { } table) SymbolTable.Read(bytes, table, links);
        foreach (HdfMessage link in header.All(HdfMessageKind.Link)) Add(link.Cursor(), links);
        if (header[HdfMessageKind.LinkInfo] is { } info) DenseLinks.Read(bytes, info, links);
        return links;
    }

    /// <summary>Adds what a link message says.</summary>
    public static void Add(HdfCursor cursor, SortedDictionary<string, long> links)
    {
        cursor.Version("a link", 1, 1);
        byte flags = cursor.Byte(), kind = (flags & 0x8) != 0 ? cursor.Byte() : Hard;
        if ((flags & 0x4) != 0) cursor.Skip(sizeof(long));   // in what order it was made
        if ((flags & 0x10) != 0) cursor.Skip(1);             // ASCII, which is UTF-8 too
        long length = cursor.Number(1 << (flags & 3));
        Add(Text(cursor.Take(length)), kind, kind == Hard ? cursor.Int64() : 0, links);
    }

    /// <summary>Adds a link that leads to an object of this file.</summary>
    public static void Add(string name, byte kind, long address, SortedDictionary<string, long> links)
    {
        if (kind != Hard)
            throw new InvalidDataException(kind switch
            {
                External => $"'{name}' is a link into another file, which is never opened. Copy what it leads to into this one.",
                Soft => $"'{name}' is a soft link, which is not followed. Write what it leads to in its place.",
                _ => $"'{name}' is a link of kind {kind}, which nobody knows here.",
            });
        if (name.Length == 0 || name.Contains('/') || name.Contains('\0')) throw new InvalidDataException($"'{name}' is no name that a link can have.");
        if (!links.TryAdd(name, address)) throw new InvalidDataException($"the name '{name}' is there twice.");
    }

    /// <summary>UTF-8, and nothing that only looks like it.</summary>
    public static string Text(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return s_utf8.GetString(bytes);
        }
        catch (DecoderFallbackException damage)
        {
            throw new InvalidDataException("a name or a text in it is not UTF-8.", damage);
        }
    }
}
