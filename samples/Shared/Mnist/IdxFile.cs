using System.Buffers.Binary;

namespace Microsoft.ML.Spiking.Samples.Mnist;

/// <summary>Bytes as an IDX file, MNIST's format: 0, 0, 8 for bytes, the number of sizes, the sizes (big-endian), the bytes.</summary>
internal static class IdxFile
{
    private const byte UnsignedBytes = 0x08;

    /// <summary>Whether a file of exactly this length is there.</summary>
    public static bool IsWhole(string path, params int[] sizes)
    {
        var file = new FileInfo(path);
        long content = sizes.Aggregate(1L, (product, size) => product * size);
        return file.Exists && file.Length == HeaderLength(sizes) + content;
    }

    public static async Task WriteAsync(string path, byte[] content, params int[] sizes)
    {
        byte[] header = new byte[HeaderLength(sizes)];
        header[2] = UnsignedBytes;
        header[3] = (byte)sizes.Length;
        for (int i = 0; i < sizes.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + 4 * i), sizes[i]);

        await using Stream file = File.Create(path);
        await file.WriteAsync(header);
        await file.WriteAsync(content);
    }

    private static int HeaderLength(int[] sizes) => 4 + 4 * sizes.Length;
}
