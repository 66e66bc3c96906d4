using System.IO.Compression;

namespace Microsoft.ML.Spiking.Fuzz.Mutators;

/// <summary>Damages a zip's entries: what is in them by its kind, their names, that they are there, and there once.</summary>
/// <param name="sign">Renews what vouches for the entries, so that the damage reaches those who read them; of some mutants it is not asked.</param>
/// <param name="level">How the entries are packed.</param>
internal sealed class ZipMutator(Action<List<ZipPart>> sign, CompressionLevel level = CompressionLevel.Fastest)
{
    private const int LargeBytes = 16 << 20;

    // The same bytes whenever they are packed.
    private static readonly DateTimeOffset s_packed = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public byte[] Mutate(byte[] file, RandomStream random)
    {
        List<ZipPart> parts = Unpack(file);
        for (int round = random.Below(3) > 0 ? 1 : 1 + random.Below(3); round > 0 && parts.Count > 0; round--) Once(parts, random);
        if (random.Below(5) > 0) sign(parts);
        return Pack(parts, level);
    }

    public static List<ZipPart> Unpack(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        return [.. zip.Entries.Select(entry =>
        {
            using Stream stream = entry.Open();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return new ZipPart(entry.FullName, bytes.ToArray());
        })];
    }

    public static byte[] Pack(IEnumerable<ZipPart> parts, CompressionLevel level = CompressionLevel.Fastest)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            foreach (ZipPart part in parts)
            {
                ZipArchiveEntry entry = zip.CreateEntry(part.Name, level);
                entry.LastWriteTime = s_packed;
                using Stream stream = entry.Open();
                stream.Write(part.Bytes);
            }
        return file.ToArray();
    }

    private static void Once(List<ZipPart> parts, RandomStream random)
    {
        int at = random.Below(parts.Count), other = random.Below(parts.Count);
        ZipPart part = parts[at];
        switch (random.Below(16))
        {
            case 0:
                parts.RemoveAt(at);
                break;
            case 1:
                parts.Add(random.Below(2) == 0 ? part : part with { Bytes = Damaged(part, random) });
                break;
            case 2:
                parts[at] = part with { Name = Renamed(part.Name, parts[other].Name, random) };
                break;
            case 3:
                parts[at] = part with { Bytes = parts[other].Bytes };
                break;
            case 4 when random.Below(8) == 0:
                parts[at] = part with { Bytes = [.. part.Bytes, .. new byte[random.Below(LargeBytes)]] };
                break;
            default:
                parts[at] = part with { Bytes = Damaged(part, random) };
                break;
        }
    }

    private static byte[] Damaged(ZipPart part, RandomStream random) => Path.GetExtension(part.Name) switch
    {
        ".json" when random.Below(4) > 0 => JsonMutator.Mutate(part.Bytes, random),
        ".safetensors" when random.Below(4) > 0 => SafeTensorsMutator.Mutate(part.Bytes, random),
        _ => ByteMutator.Mutate(part.Bytes, [part.Bytes], random),
    };

    private static string Renamed(string name, string other, RandomStream random) => random.Below(7) switch
    {
        0 => other,
        1 => name.ToUpperInvariant(),
        2 => name.Replace('/', '\\'),
        3 => $"../{name}",
        4 => " ",
        5 => new string('x', 1 + random.Below(60_000)),
        _ => $"{name}\n\0",
    };
}
