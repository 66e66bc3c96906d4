namespace Microsoft.ML.Spiking.Native;

/// <summary>The functions and objects that an ELF library asks of others, and those that it has: its section .dynsym.</summary>
/// <remarks>Entries of 24 bytes: offset of the name in the string table, 4 bits each of binding and type, visibility, section, value, size.</remarks>
internal static class ElfSymbols
{
    private const uint SectionType = 11;
    private const int EntrySize = 24;
    private const int BindingField = 4;
    private const int SectionField = 6;
    private const int Global = 1;   // not weak: those it can do without

    /// <summary>What it cannot do without.</summary>
    public static HashSet<string> Needs(ReadOnlySpan<byte> file) => Read(file, has: false);

    /// <summary>What it has.</summary>
    public static HashSet<string> Has(ReadOnlySpan<byte> file) => Read(file, has: true);

    private static HashSet<string> Read(ReadOnlySpan<byte> file, bool has)
    {
        var names = new HashSet<string>();
        var elf = new ElfImage(file);
        if (elf.FindSection(SectionType) is not ElfImage.Section section) return names;

        long texts = elf.SectionAt(section.Link).Offset, end = Math.Min(section.Offset + section.Size, file.Length);
        // The first entry is none.
        for (long at = section.Offset + EntrySize; at + EntrySize <= end; at += EntrySize)
        {
            bool here = elf.UInt16(at + SectionField) != 0, global = (elf.UInt16(at + BindingField) >> 4 & 15) == Global;
            if (has ? here : !here && global) names.Add(elf.Text(texts + elf.UInt32(at)));
        }
        return names;
    }
}
