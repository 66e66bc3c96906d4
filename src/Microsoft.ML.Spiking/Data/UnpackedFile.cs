using System.IO.Compression;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Data;

/// <summary>A file's bytes from the first to the last, unpacked if it is gzip. Its first two bytes tell that; its name need not.</summary>
internal sealed class UnpackedFile : IDisposable
{
    /// <summary>The densest that deflate can pack: two bits repeat 258 bytes.</summary>
    private const long MostBytesFromAPackedByte = 258 * 8 / 2;

    private readonly FileStream _file;
    private readonly Stream _unpacked;

    public UnpackedFile(string path)
    {
        Name = Path.GetFileName(path);
        _file = File.OpenRead(path);
        _unpacked = StartsAsGzip(_file) ? new GZipStream(_file, CompressionMode.Decompress) : _file;
    }

    public string Name { get; }

    /// <summary>Reads until the buffer is full or the file ends, and says how many bytes that were.</summary>
    public int Fill(Span<byte> buffer)
    {
        try
        {
            return _unpacked.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException damage)
        {
            throw Trouble.Idx.InvalidData($"'{Name}' is damaged: its gzip data cannot be unpacked. Fetch or write the file again.", damage);
        }
    }

    /// <summary>Refuses, by the file's length alone, a file that cannot hold what its header promises.</summary>
    public void RequireRoomFor(IdxHeader promised)
    {
        long length = _file.Length;
        if (_unpacked is GZipStream)
        {
            if (promised.FileBytes / MostBytesFromAPackedByte > length)
            {
                throw Trouble.Idx.InvalidData($"'{Name}' cannot hold what its header promises: {promised} take {promised.FileBytes} bytes, "
                    + $"more than {length} bytes of gzip can unpack to. Fetch or write the file again.");
            }
        }
        else if (length != promised.FileBytes)
        {
            string found = length < promised.FileBytes ? "is cut short" : "is too long";
            throw Trouble.Idx.InvalidData($"'{Name}' {found}: {promised} take {promised.FileBytes} bytes, it has {length}. Fetch or write the file again.");
        }
    }

    public void Dispose() => _unpacked.Dispose();

    private static bool StartsAsGzip(FileStream file)
    {
        bool gzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        return gzip;
    }
}
