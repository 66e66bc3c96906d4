using System.IO.Compression;

namespace Microsoft.ML.Spiking.Fitting;

/// <summary>How far an entry of a checkpoint may unpack, by how many bytes of it the file has: a small file must not take much memory.</summary>
/// <param name="Free">Bytes that any may unpack to.</param>
/// <param name="PerByte">How many more for each packed one.</param>
/// <param name="Most">The most, whatever the file's size.</param>
internal sealed record EntryLimit(int Free, int PerByte, long Most)
{
    private const int Chunk = 1 << 16;

    /// <summary>Of text, which shrinks to a tenth.</summary>
    public static EntryLimit Text { get; } = new(1 << 16, 50, 1 << 30);

    /// <summary>Of options, which are few.</summary>
    public static EntryLimit Options { get; } = new(1 << 16, 50, 1 << 20);

    /// <summary>Of arrays, which are stored as they are; those of a small network may be packed none the less.</summary>
    public static EntryLimit Arrays { get; } = new(1 << 20, 4, Array.MaxLength);

    /// <summary>Unpacks an entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="file">Bytes of the whole file: what the entry says of itself may be wrong.</param>
    /// <exception cref="InvalidDataException">It is larger.</exception>
    public byte[] Read(ZipArchiveEntry entry, long file)
    {
        long packed = Math.Min(entry.CompressedLength, file), most = Math.Min(Free + packed * PerByte, Most);
        using Stream stream = entry.Open();
        using var bytes = new MemoryStream((int)Math.Clamp(entry.Length, 0, most));
        byte[] chunk = new byte[Chunk];
        for (int read; (read = stream.Read(chunk)) > 0;)
        {
            if (bytes.Length + read > most)
                throw new InvalidDataException($"its {entry.FullName} unpacks to more than {most} bytes, too many for the {packed} that it takes in the file.");
            bytes.Write(chunk, 0, read);
        }
        return bytes.Length == bytes.Capacity ? bytes.GetBuffer() : bytes.ToArray();
    }
}
