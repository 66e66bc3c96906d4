using System.Buffers.Binary;

namespace Microsoft.ML.Spiking.Native;

/// <summary>The versions that an ELF library needs of other libraries' symbols: its section .gnu.version_r.</summary>
/// <remarks>
/// The section is a chain of records, one a library needed, each with a chain of 16-byte entries, one a version needed:
/// hash of the name, flags, the symbols' index, offset of the name in the string table, distance to the next entry.
/// </remarks>
internal static class ElfVersionNeeds
{
    private const uint SectionType = 0x6ffffffe;
    private const int FlagsField = 4;
    private const int NameField = 8;
    private const int NextField = 12;
    private const int EntrySize = 16;
    private const ushort WeakFlag = 2;

    /// <summary>An entry's place in the file, the record it hangs on, and the version's name.</summary>
    public readonly record struct Entry(long Offset, long Record, string Version);

    /// <summary>All entries, in the file's order; none, if this is no such library or a damaged one.</summary>
    public static List<Entry> Read(ReadOnlySpan<byte> file)
    {
        var entries = new List<Entry>();
        var elf = new ElfImage(file);
        if (elf.FindSection(SectionType) is not ElfImage.Section section)
            return entries;

        long names = elf.SectionAt(section.Link).Offset;
        long record = section.Offset;
        for (uint records = section.Info; records > 0; records--)
        {
            long offset = record + elf.UInt32(record + 8);
            for (int left = elf.UInt16(record + 2); left > 0; left--)
            {
                // A damaged chain may leave the file, or go on for ever.
                if (!elf.Holds(offset, EntrySize) || entries.Count == file.Length / EntrySize)
                    return [];

                entries.Add(new Entry(offset, record, elf.Text(names + elf.UInt32(offset + NameField))));
                uint distance = elf.UInt32(offset + NextField);
                if (distance == 0)
                    break;

                offset += distance;
            }

            uint step = elf.UInt32(record + 12);
            if (step == 0)
                break;

            record += step;
        }

        return entries;
    }

    /// <summary>A copy that asks for <paramref name="offered"/> wherever it asked for <paramref name="missing"/>.</summary>
    /// <returns>Null, unless the file needs both of the same library.</returns>
    public static byte[]? Substitute(ReadOnlySpan<byte> file, string missing, string offered)
    {
        List<Entry> entries = Read(file);
        byte[] copy = file.ToArray();
        bool changed = false;
        foreach (Entry entry in entries.Where(entry => entry.Version == missing))
        {
            Entry model = entries.Find(other => other.Version == offered && other.Record == entry.Record);
            if (model == default)
                return null;

            CopyField(copy, model, entry, field: 0);
            CopyField(copy, model, entry, NameField);
            changed = true;
        }

        return changed ? copy : null;
    }

    /// <summary>A copy that can do without <paramref name="missing"/>, as long as nobody asks for a symbol of that version.</summary>
    /// <returns>Null, if the file does not need it.</returns>
    public static byte[]? Weaken(ReadOnlySpan<byte> file, string missing)
    {
        List<Entry> entries = Read(file).FindAll(entry => entry.Version == missing);
        byte[] copy = file.ToArray();
        foreach (Entry entry in entries)
            copy[entry.Offset + FlagsField] |= (byte)WeakFlag;

        return entries.Count > 0 ? copy : null;
    }

    private static void CopyField(Span<byte> file, Entry from, Entry to, int field)
    {
        uint value = BinaryPrimitives.ReadUInt32LittleEndian(file[((int)from.Offset + field)..]);
        BinaryPrimitives.WriteUInt32LittleEndian(file[((int)to.Offset + field)..], value);
    }
}
