using System.Buffers;
using System.IO.Compression;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Hosting;

/// <summary>What is checked of a model.zip before ML.NET sees it: the archive, the headers of its components, and its schema.</summary>
internal static class ModelFileCheck
{
    private const string Chain = "TransformerChain/Model.key", Root = "Model.key", Schema = "Schema", OldKey = "Model.bin";

    private const int MostEntries = 4096, LongestName = 512;

    // What an entry may unpack to, a byte of the file. JSON shrinks to a twentieth, weights hardly; a bomb to a thousandth.
    private const long Growth = 64, EntryAllowance = 1 << 20, FileAllowance = 1 << 24;

    /// <param name="stream">The file, which can seek.</param>
    /// <param name="components">What it may be made of.</param>
    /// <param name="name">What it is called at the beginning of a sentence.</param>
    /// <exception cref="InvalidDataException">Something is wrong with it.</exception>
    public static void Run(Stream stream, ModelComponents components, string name)
    {
        string? entry = null;
        try
        {
            using ZipArchive zip = Open(stream, name);
            CheckEntries(zip, stream.Length);
            foreach (ZipArchiveEntry part in zip.Entries)
            {
                entry = part.FullName;
                Check(part, components);
            }
            entry = null;
            if (Find(zip, Chain) is null && Find(zip, Root) is null)
                throw Trouble.Model.InvalidData($"{name} is a zip file, but no model that ML.NET can read: it has no entry '{Chain}'.");
        }
        catch (InvalidDataException damage) when (!Trouble.Model.Is(damage))
        {
            throw Trouble.Model.InvalidData($"{name} is damaged{(entry is null ? "" : $" in its entry '{entry}'")}: {damage.Message}", damage);
        }
    }

    private static ZipArchive Open(Stream stream, string name)
    {
        try
        {
            var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            return zip.Entries.Count > 0 ? zip : throw new InvalidDataException("it is empty.");   // reads the list of entries
        }
        catch (InvalidDataException damage)
        {
            throw Trouble.Model.InvalidData($"{name} is no model: it is not a zip file.", damage);
        }
    }

    private static ZipArchiveEntry? Find(ZipArchive zip, string path) => zip.Entries.FirstOrDefault(entry => Path(entry) == path);

    /// <summary>ML.NET saves by the separator of the machine, and loads either.</summary>
    private static string Path(ZipArchiveEntry entry) => entry.FullName.Replace('\\', '/');

    private static void CheckEntries(ZipArchive zip, long fileBytes)
    {
        if (zip.Entries.Count > MostEntries) throw new InvalidDataException($"it has {zip.Entries.Count} entries, but no more than {MostEntries} are read.");
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        long packed = 0, unpacked = 0;
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            string path = Path(entry);
            if (path.Length is 0 or > LongestName || path[0] == '/' || path.Any(char.IsControl) || path.Split('/').Contains(".."))
                throw new InvalidDataException("one of its entries has a name that no entry of a model has.");
            if (!names.Add(path)) throw new InvalidDataException($"it has two entries '{path}'.");
            if (System.IO.Path.GetFileName(path).Equals(OldKey, StringComparison.OrdinalIgnoreCase))
                throw new InvalidDataException($"its entry '{path}' is of a format of ML.NET that is not checked.");
            (packed, unpacked) = (packed + entry.CompressedLength, unpacked + entry.Length);
            if (entry.Length > EntryAllowance + Growth * entry.CompressedLength)
                throw new InvalidDataException($"its entry '{path}' has {entry.Length} bytes, packed into {entry.CompressedLength}, but an entry may have no "
                    + $"more than {Growth} times as many, and {EntryAllowance}.");
        }
        if (packed > fileBytes) throw new InvalidDataException("its entries lie on top of each other.");
        if (unpacked > FileAllowance + Growth * fileBytes)
            throw new InvalidDataException(
                $"its entries have {unpacked} bytes in {fileBytes}, but may have no more than {Growth} times as many, and {FileAllowance}.");
    }

    private static void Check(ZipArchiveEntry entry, ModelComponents components)
    {
        string path = Path(entry);
        bool isKey = System.IO.Path.GetFileName(path).Equals(Root, StringComparison.OrdinalIgnoreCase);
        using MemoryStream? kept = isKey || path.Equals(Schema, StringComparison.OrdinalIgnoreCase) ? new MemoryStream() : null;
        Unpack(entry, kept);
        if (kept is null) return;
        ReadOnlyMemory<byte> bytes = kept.GetBuffer().AsMemory(0, (int)kept.Length);
        if (isKey) ModelKeyCheck.Run(bytes, components);
        else SchemaCheck.Run(bytes);
    }

    /// <summary>Reads an entry to its end: it must have as many bytes as it says, and their sum. ML.NET, and .NET, do not look.</summary>
    private static void Unpack(ZipArchiveEntry entry, MemoryStream? kept)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            using Stream stream = entry.Open();
            uint sum = 0;
            long length = 0;
            for (int read; (read = stream.Read(buffer)) > 0; length += read)
            {
                if (length + read > entry.Length) throw new InvalidDataException($"it has more than the {entry.Length} bytes that it says.");
                sum = Crc32.Append(sum, buffer.AsSpan(0, read));
                kept?.Write(buffer, 0, read);
            }
            if (length != entry.Length) throw new InvalidDataException($"it has {length} bytes, but says {entry.Length}.");
            if (sum != entry.Crc32) throw new InvalidDataException("its bytes are not those that were written: their CRC-32 is another.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
