using System.IO.Compression;

namespace Microsoft.ML.Spiking.Tests.Data;

/// <summary>Writes IDX files, packed where the name says so.</summary>
internal static class IdxFiles
{
    public static void Write(string path, byte[] content)
    {
        using FileStream file = File.Create(path);
        using Stream stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Fastest) : file;
        stream.Write(content);
    }
}
