using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Microsoft.ML.Spiking.Fuzz.Mutators;

/// <summary>The digests in a model.zip, made anew for entries that were changed: what whoever means harm does too.</summary>
internal static class ModelDigests
{
    private const int HeaderBytes = 256, LengthAt = 24;

    public static void Renew(List<ZipPart> parts)
    {
        for (int i = 0; i < parts.Count; i++)
        {
            if (NameOf(parts[i]) != EntryDigests.Name) continue;
            string folder = FolderOf(parts[i]);
            var lines = new StringBuilder();
            foreach (ZipPart part in parts)
                if (FolderOf(part) == folder && NameOf(part) != EntryDigests.Name)
                    lines.Append(Convert.ToHexStringLower(SHA256.HashData(Covered(part)))).Append("  ").Append(NameOf(part)).Append('\n');
            parts[i] = parts[i] with { Bytes = Encoding.Latin1.GetBytes(lines.ToString()) };
        }
    }

    /// <summary>Of ML.NET's entry, what follows its header.</summary>
    private static byte[] Covered(ZipPart part)
    {
        if (NameOf(part) != ModelReader.KeyName || part.Bytes.Length < HeaderBytes) return part.Bytes;
        long length = BinaryPrimitives.ReadInt64LittleEndian(part.Bytes.AsSpan(LengthAt));
        return part.Bytes[HeaderBytes..(int)Math.Clamp(HeaderBytes + length, HeaderBytes, part.Bytes.Length)];
    }

    private static string NameOf(ZipPart part) => part.Name[(Slash(part) + 1)..];

    private static string FolderOf(ZipPart part) => part.Name[..(Slash(part) + 1)];

    private static int Slash(ZipPart part) => part.Name.LastIndexOfAny(['/', '\\']);
}
