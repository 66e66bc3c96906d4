using System.Security.Cryptography;
using System.Text;

namespace Microsoft.ML.Spiking.Hosting;

/// <summary>
/// The SHA-256 of each of a transformer's entries in a model.zip, in an entry of their own, in the form of <c>sha256sum</c>. Nothing else would notice a byte
/// that changed: .NET's zip reader does not look at the sums that a zip has.
/// </summary>
internal sealed class EntryDigests
{
    /// <summary>The entry that they are in.</summary>
    public const string Name = "SHA256SUMS";

    private const int Hex = 2 * SHA256.HashSizeInBytes, MaximumBytes = 1 << 16;

    private readonly Dictionary<string, string> _digests = [];

    /// <summary>Reads them.</summary>
    /// <exception cref="InvalidDataException">They are none.</exception>
    public static EntryDigests Read(Stream stream)
    {
        if (stream.Length > MaximumBytes) throw new InvalidDataException($"it has {stream.Length} bytes, but must have no more than {MaximumBytes}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        string text = Encoding.Latin1.GetString(bytes);
        var digests = new EntryDigests();
        for (int at = 0, end; at < text.Length; at = end + 1)
        {
            end = text.IndexOf('\n', at);
            if (end < at + Hex + 3 || text.AsSpan(at + Hex, 2) is not "  "
                || !digests._digests.TryAdd(text[(at + Hex + 2)..end], text.Substring(at, Hex)))
                throw new InvalidDataException($"its line at byte {at} is no digest and name.");
        }
        return digests;
    }

    /// <summary>Whether an entry of that name was written.</summary>
    public bool Has(string entry) => _digests.ContainsKey(entry);

    public void Add(string entry, byte[] digest) => _digests.Add(entry, Convert.ToHexStringLower(digest));

    /// <exception cref="InvalidDataException">The bytes are not those that were written under that name.</exception>
    public void Check(string entry, byte[] digest)
    {
        if (!_digests.TryGetValue(entry, out string? written)) throw new InvalidDataException($"{Name} does not vouch for it.");
        if (written != Convert.ToHexStringLower(digest))
            throw new InvalidDataException($"its bytes are not those that were written: their SHA-256 is not that of {Name}.");
    }

    public void Write(Stream stream)
    {
        foreach (var (entry, digest) in _digests) stream.Write(Encoding.Latin1.GetBytes($"{digest}  {entry}\n"));
    }
}
