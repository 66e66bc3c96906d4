using System.IO.Compression;
using System.Security.Cryptography;

namespace Microsoft.ML.Spiking.Samples.Mnist.Tests;

/// <summary>Four small files under MNIST's names, with hashes that fit them.</summary>
internal static class SmallMnist
{
    public static IReadOnlyList<MnistFile> Files { get; } =
        [.. MnistFile.All.Select(file => file with { Sha256 = Convert.ToHexStringLower(SHA256.HashData(Content(file.Name))) })];

    public static byte[] Packed(string name)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(Content(name));
        return packed.ToArray();
    }

    public static void PutAll(TemporaryFolder folder, string under)
    {
        foreach (MnistFile file in Files)
            folder.Put(Path.Combine(under, file.PackedName), Packed(file.Name));
    }

    private static byte[] Content(string name) => [.. Enumerable.Range(0, 5_000).Select(i => (byte)(i * name.Length % 251))];
}
