using System.Buffers.Binary;
using System.IO.Compression;

namespace Microsoft.ML.Spiking.Tests.Data;

/// <summary>A folder of IDX files for one test, gone after it. The images are 5 x 3; pixel p of image i is the byte 15 i + p.</summary>
internal sealed class IdxFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("idx");

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public string Images(string name, int count) => Write(name, ImageBytes(count));

    public string Labels(string name, params byte[] labels) => Write(name, LabelBytes(labels));

    public string PackedImages(string name, int count) => Write(name, Packed(ImageBytes(count)));

    public string PackedLabels(string name, params byte[] labels) => Write(name, Packed(LabelBytes(labels)));

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(PathOf(name), bytes);
        return PathOf(name);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    public static byte[] ImageBytes(int count)
        => [.. Words(0x00000803, (uint)count, 5, 3), .. Enumerable.Range(0, 15 * count).Select(pixel => (byte)pixel)];

    public static byte[] LabelBytes(params byte[] labels) => [.. Words(0x00000801, (uint)labels.Length), .. labels];

    public static byte[] Words(params uint[] words)
    {
        var bytes = new byte[4 * words.Length];
        for (int i = 0; i < words.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4 * i), words[i]);

        return bytes;
    }

    public static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(bytes);

        return packed.ToArray();
    }
}
