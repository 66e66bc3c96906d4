using System.Buffers.Binary;
using System.Text;

namespace Microsoft.ML.Spiking.Native;

/// <summary>A little-endian 64-bit ELF file.</summary>
/// <remarks>
/// All beyond its end reads as zero and as the empty text: whoever follows a damaged table runs out of entries instead of throwing.
/// </remarks>
internal readonly ref struct ElfImage(ReadOnlySpan<byte> file)
{
    private readonly ReadOnlySpan<byte> _file = file;

    public readonly record struct Section(uint Type, long Offset, long Size, uint Link, uint Info);

    public bool IsElf => _file.StartsWith("\u007FELF\u0002\u0001"u8);

    public Section? FindSection(uint type)
    {
        if (!IsElf)
            return null;

        int count = UInt16(0x3C);
        for (uint index = 0; index < count; index++)
        {
            Section section = SectionAt(index);
            if (section.Type == type)
                return section;
        }

        return null;
    }

    public Section SectionAt(uint index)
    {
        long header = Offset(0x28) + index * (long)UInt16(0x3A);
        return new Section(UInt32(header + 0x04), Offset(header + 0x18), Offset(header + 0x20), UInt32(header + 0x28), UInt32(header + 0x2C));
    }

    public bool Holds(long offset, int length) => offset >= 0 && offset <= _file.Length - length;

    public ushort UInt16(long offset) => BinaryPrimitives.ReadUInt16LittleEndian(At(offset, sizeof(ushort)));

    public uint UInt32(long offset) => BinaryPrimitives.ReadUInt32LittleEndian(At(offset, sizeof(uint)));

    /// <summary>The ASCII text that starts here and ends before a zero.</summary>
    public string Text(long offset)
    {
        ReadOnlySpan<byte> rest = Holds(offset, 1) ? _file[(int)offset..] : [];
        int end = rest.IndexOf((byte)0);
        return end < 0 ? "" : Encoding.ASCII.GetString(rest[..end]);
    }

    /// <summary>An offset is 64 bits wide; one that no array can hold lies outside as surely as the file's end.</summary>
    private long Offset(long offset) => (long)Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(At(offset, sizeof(ulong))), int.MaxValue);

    private ReadOnlySpan<byte> At(long offset, int length)
        => Holds(offset, length) ? _file.Slice((int)offset, length) : Nothing[..length];

    private static ReadOnlySpan<byte> Nothing => [0, 0, 0, 0, 0, 0, 0, 0];
}
