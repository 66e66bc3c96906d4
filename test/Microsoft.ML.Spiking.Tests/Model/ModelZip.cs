using System.IO.Compression;

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

    public static Dictionary<string, byte[]> Entries(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        return zip.Entries.ToDictionary(entry => entry.FullName, Bytes);
    }

    /// <summary>A copy in which one entry, named without its folder, is changed; null takes it out.</summary>
    public static byte[] With(byte[] file, string name, Func<byte[], byte[]?> change)
    {
        using var copy = new MemoryStream();
        int changed = 0;
        using (var zip = new ZipArchive(copy, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (path, bytes) in Entries(file))
            {
                bool hit = path.Split('/', '\\')[^1] == name;
                if (hit) changed++;
                if ((hit ? change(bytes) : bytes) is not { } kept) continue;
                using Stream entry = zip.CreateEntry(path).Open();
                entry.Write(kept);
            }
        Assert.AreEqual(1, changed, name);
        return copy.ToArray();
    }

    /// <summary>A copy in which one entry has another name.</summary>
    public static byte[] Renamed(byte[] file, string name, string other)
    {
        using var copy = new MemoryStream();
        using (var zip = new ZipArchive(copy, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (path, bytes) in Entries(file))
            {
                using Stream entry = zip.CreateEntry(path.EndsWith(name, StringComparison.Ordinal) ? path[..^name.Length] + other : path).Open();
                entry.Write(bytes);
            }
        return copy.ToArray();
    }

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
