using System.Buffers.Binary;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Data;

/// <summary>The checked header of an IDX file: how many items of how many bytes it promises. A label is an item of 1 × 1.</summary>
internal sealed record IdxHeader(IdxKind Kind, long Count, int Rows, int Columns)
{
    /// <summary>8192 × 8192: larger images are taken for a damaged header, not for a reason to ask for the memory.</summary>
    public const int MostPixels = 1 << 26;

    public int ItemBytes => Rows * Columns;

    public long FileBytes => Kind.HeaderBytes + Count * ItemBytes;

    public override string ToString() => Kind.Dimensions == 1 ? $"{Count} labels" : $"{Count} images of {Rows} x {Columns}";

    public static IdxHeader Read(UnpackedFile file, IdxKind kind)
    {
        Span<byte> bytes = stackalloc byte[kind.HeaderBytes];
        int read = file.Fill(bytes);

        if (read >= sizeof(uint))
            kind.RequireMark(BinaryPrimitives.ReadUInt32BigEndian(bytes), file.Name);

        if (read < bytes.Length)
        {
            throw Trouble.Idx.InvalidData(
                    $"'{file.Name}' ends after {read} bytes; the header of IDX {kind.Item}s alone has {bytes.Length}. Fetch or write the file again.");
        }

        return Check(kind, Sizes(bytes[sizeof(uint)..]), file.Name);
    }

    public void WriteTo(Stream file)
    {
        ReadOnlySpan<uint> words = [Kind.Mark, checked((uint)Count), (uint)Rows, (uint)Columns];
        Span<byte> bytes = stackalloc byte[Kind.HeaderBytes];
        for (int i = 0; i <= Kind.Dimensions; i++)
            BinaryPrimitives.WriteUInt32BigEndian(bytes[(sizeof(uint) * i)..], words[i]);

        file.Write(bytes);
    }

    private static uint[] Sizes(ReadOnlySpan<byte> bytes)
    {
        var sizes = new uint[bytes.Length / sizeof(uint)];
        for (int i = 0; i < sizes.Length; i++)
            sizes[i] = BinaryPrimitives.ReadUInt32BigEndian(bytes[(sizeof(uint) * i)..]);

        return sizes;
    }

    private static IdxHeader Check(IdxKind kind, uint[] sizes, string name)
    {
        if (sizes.Contains(0u))
        {
            throw Trouble.Idx.InvalidData(
                    $"'{name}' says that its size is {string.Join(" x ", sizes)}; every dimension must be at least 1. Fetch or write the file again.");
        }

        (uint rows, uint columns) = sizes is [_, uint r, uint c] ? (r, c) : (1u, 1u);
        if ((ulong)rows * columns > MostPixels)
        {
            throw Trouble.Idx.InvalidData($"'{name}' says that an image has {rows} x {columns} pixels; at most {MostPixels} can be read. "
                + "Fetch or write the file again, with smaller images if these are real.");
        }

        return new IdxHeader(kind, sizes[0], (int)rows, (int)columns);
    }
}
