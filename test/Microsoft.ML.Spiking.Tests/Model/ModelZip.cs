using System.Text;
using Microsoft.ML.Spiking.Fuzz.Mutators;

namespace Microsoft.ML.Spiking.Tests.Model;

/// <summary>A model.zip in memory, entry by entry.</summary>
internal static class ModelZip
{
    public static byte[] Save(MLContext ml, ITransformer model, DataViewSchema input)
    {
        using var file = new MemoryStream();
        ml.Model.Save(model, input, file);
        return file.ToArray();
    }

    public static ITransformer Load(byte[] file) => new MLContext().Model.Load(new MemoryStream(file), out _);

    /// <summary>The entries, without the digest of Provenance.json, in which two equal trainings differ.</summary>
    public static Dictionary<string, byte[]> Entries(byte[] file) => ZipMutator.Unpack(file).ToDictionary(part => part.Name, Undated);

    /// <summary>A copy in which one entry, named without its folder, is changed; null takes it out.</summary>
    /// <param name="file">The model.</param>
    /// <param name="name">The entry.</param>
    /// <param name="change">Its new bytes.</param>
    /// <param name="sign">Whether its digest is made anew, as whoever means it would; else it is damage.</param>
    public static byte[] With(byte[] file, string name, Func<byte[], byte[]?> change, bool sign = true)
    {
        int changed = 0;
        List<ZipPart> parts = [];
        foreach (ZipPart part in ZipMutator.Unpack(file))
        {
            bool hit = part.Name.Split('/', '\\')[^1] == name;
            if (hit) changed++;
            if ((hit ? change(part.Bytes) : part.Bytes) is { } kept) parts.Add(part with { Bytes = kept });
        }
        Assert.AreEqual(1, changed, name);
        if (sign) ModelDigests.Renew(parts);
        return ZipMutator.Pack(parts);
    }

    private static byte[] Undated(ZipPart part) => !part.Name.EndsWith(EntryDigests.Name, StringComparison.Ordinal)
        ? part.Bytes
        : Encoding.Latin1.GetBytes(string.Join('\n', Encoding.Latin1.GetString(part.Bytes).Split('\n').Where(line => !line.EndsWith("Provenance.json", StringComparison.Ordinal))));
}
