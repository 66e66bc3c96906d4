using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>A model.zip as a file: its entries, and the versions that wrote it.</summary>
/// <param name="Entries">What is in the zip.</param>
/// <param name="Format">The spiking network's format, as in "1.1"; null where there is none.</param>
/// <param name="MLNet">The version of ML.NET that saved it; null where the file does not say.</param>
internal sealed record ModelArchive(IReadOnlyList<ArchiveEntry> Entries, string? Format, string? MLNet)
{
    // ML.NET's header of a component: its signature at 0x40, and the version that wrote it after that.
    private const int SignatureAt = 0x40, VersionAt = 0x48;

    public static ModelArchive Read(string path)
    {
        using ZipArchive zip = ZipFile.OpenRead(path);
        string? format = zip.Entries.Where(entry => entry.Name == "Model.key").Select(FormatOf).FirstOrDefault(version => version is not null);
        return new ModelArchive([.. zip.Entries.Select(entry => new ArchiveEntry(entry.FullName, entry.Length, entry.CompressedLength))], format,
            Text(zip.GetEntry("TrainingInfo/Version.txt")));
    }

    private static string? FormatOf(ZipArchiveEntry entry)
    {
        Span<byte> header = stackalloc byte[VersionAt + sizeof(uint)];
        using Stream content = entry.Open();
        if (content.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length || !header.Slice(SignatureAt, 8).SequenceEqual("SPIKNETW"u8))
            return null;
        uint version = BinaryPrimitives.ReadUInt32LittleEndian(header[VersionAt..]);
        return string.Create(CultureInfo.InvariantCulture, $"{version >> 16}.{version & 0xffff}");
    }

    private static string? Text(ZipArchiveEntry? entry)
    {
        if (entry is null) return null;
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd().Split('+')[0].Trim();
    }
}

/// <summary>An entry of a zip.</summary>
/// <param name="Name">Its path in the zip.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="PackedBytes">Its size in the zip.</param>
internal sealed record ArchiveEntry(string Name, long Bytes, long PackedBytes);
