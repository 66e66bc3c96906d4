using System.IO.Compression;
using System.Text;
using Microsoft.ML.Spiking.Hosting;

namespace Microsoft.ML.Spiking.Checkpoints;

/// <summary>A file of torch.save, which is a zip of stored entries: data.pkl, and each storage by its key in the folder data.</summary>
/// <remarks>Nothing is unpacked, neither to the disk nor in memory: entries that are packed are refused, and so none has more bytes than the file.</remarks>
internal sealed class TorchArchive : IDisposable
{
    private const int MostEntries = 1 << 17, LongestName = 512;

    private readonly ZipArchive _zip;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);
    private readonly string _folder;

    // Bytes of tensors that may still be read: each byte of the file is in one of them at the most.
    private long _left;
    private (string Key, byte[] Bytes)? _last;

    /// <exception cref="InvalidDataException">It is no such file.</exception>
    public TorchArchive(Stream stream)
    {
        _left = stream.Length;
        try
        {
            _zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        }
        catch (InvalidDataException damage)
        {
            throw new InvalidDataException("it is no zip file. Checkpoints from before PyTorch 1.6 are none; load and save them again with torch.", damage);
        }
        foreach (ZipArchiveEntry entry in _zip.Entries) Add(entry, stream.Length);
        string[] pickles = [.. _entries.Keys.Where(name => name.EndsWith("/data.pkl", StringComparison.Ordinal) && name.Count(c => c == '/') == 1)];
        if (pickles.Length != 1) throw new InvalidDataException($"it has {pickles.Length} entries 'data.pkl', but torch.save writes one.");
        _folder = pickles[0][..^"data.pkl".Length];
        if (_entries.ContainsKey(_folder + "constants.pkl")) throw new InvalidDataException("it is a program, of torch.jit.save, and no checkpoint.");
        if (_entries.TryGetValue(_folder + "byteorder", out ZipArchiveEntry? order) && Encoding.ASCII.GetString(Read(order, most: 16)) != "little")
            throw new InvalidDataException("its numbers are of another order of bytes; save it on a little-endian machine.");
    }

    public void Dispose() => _zip.Dispose();

    /// <summary>What was saved.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or asks for more than values.</exception>
    public object? Root() => Unpickler.Read(
        Read(_entries[_folder + "data.pkl"], Unpickler.MostBytes), key => _entries.TryGetValue(Storage(key), out ZipArchiveEntry? entry) ? entry.Length : null);

    /// <summary>A tensor's numbers, row-major.</summary>
    /// <exception cref="InvalidDataException">They are damaged, or several tensors show the same ones.</exception>
    public float[] Read(TorchTensor tensor)
    {
        int size = tensor.Storage.Type.Bytes;
        if ((_left -= tensor.Count * size) < 0) throw new InvalidDataException("its tensors have more numbers than the file.");
        if (_last?.Key != tensor.Storage.Key) _last = (tensor.Storage.Key, Read(_entries[Storage(tensor.Storage.Key)], int.MaxValue));
        ReadOnlySpan<byte> bytes = _last.Value.Bytes;
        var numbers = new float[tensor.Count];
        var place = new long[tensor.Shape.Length];
        long at = tensor.Offset;
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = tensor.Storage.Type.Read(bytes[(int)(at * size)..]);
            for (int d = place.Length - 1; d >= 0; d--)
            {
                at += tensor.Strides[d];
                if (++place[d] < tensor.Shape[d]) break;
                at -= tensor.Strides[d] * tensor.Shape[d];
                place[d] = 0;
            }
        }
        return numbers;
    }

    private void Add(ZipArchiveEntry entry, long fileBytes)
    {
        string name = entry.FullName;
        if (name.Length is 0 or > LongestName || name[0] == '/' || name.Contains('\\', StringComparison.Ordinal) || name.Any(char.IsControl)
            || name.Split('/').Contains(".."))
            throw new InvalidDataException("one of its entries has a name that torch.save gives to none.");
        if (entry.Length != entry.CompressedLength || entry.Length > fileBytes)
            throw new InvalidDataException($"its entry '{name}' has {entry.Length} bytes, packed into {entry.CompressedLength}, but torch.save packs none.");
        if (!_entries.TryAdd(name, entry)) throw new InvalidDataException($"it has two entries '{name}'.");
        if (_entries.Count > MostEntries) throw new InvalidDataException($"it has more than {MostEntries} entries.");
    }

    private string Storage(string key) => $"{_folder}data/{key}";

    private static byte[] Read(ZipArchiveEntry entry, int most)
    {
        if (entry.Length > Math.Min(most, Array.MaxLength))
            throw new InvalidDataException($"its entry '{entry.FullName}' has {entry.Length} bytes, but no more than {most} are read of such an entry.");
        var bytes = new byte[entry.Length];
        using Stream stream = entry.Open();
        stream.ReadExactly(bytes);
        return Crc32.Append(0, bytes) == entry.Crc32
            ? bytes : throw new InvalidDataException($"the bytes of its entry '{entry.FullName}' are not those that were written: their CRC-32 is another.");
    }
}
