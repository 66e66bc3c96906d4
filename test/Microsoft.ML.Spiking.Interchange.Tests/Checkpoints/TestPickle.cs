using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Microsoft.ML.Spiking.Tests.Checkpoints;

/// <summary>Pickles by hand, instruction by instruction, and files of torch.save's form around them.</summary>
internal static class TestPickle
{
    public static byte[] Whole(params byte[][] parts) => [0x80, 2, .. parts.SelectMany(part => part), (byte)'.'];

    public static byte[] Global(string module, string name) => Ascii($"c{module}\n{name}\n");

    public static byte[] Text(string text) => [(byte)'X', .. Little(Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];

    public static byte[] Number(long number)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        return [0x8A, sizeof(long), .. bytes];
    }

    public static byte[] Tuple(params byte[][] items) => [(byte)'(', .. items.SelectMany(item => item), (byte)'t'];

    public static byte[] Call(byte[] callee, params byte[][] arguments) => [.. callee, .. Tuple(arguments), (byte)'R'];

    public static byte[] Dictionary(params (string Key, byte[] Value)[] members)
        => [(byte)'}', (byte)'(', .. members.SelectMany(member => (byte[])[.. Text(member.Key), .. member.Value]), (byte)'u'];

    public static byte[] Stored(string type, string key, long count, string device = "cuda:7")
        => [.. Tuple(Text("storage"), Global("torch", type), Text(key), Text(device), Number(count)), (byte)'Q'];

    public static byte[] Tensor(byte[] storage, long offset, long[] shape, long[] strides) => Call(Global("torch._utils", "_rebuild_tensor_v2"),
        storage, Number(offset), Tuple([.. shape.Select(Number)]), Tuple([.. strides.Select(Number)]), [0x89], Call(Global("collections", "OrderedDict")));

    /// <summary>A file around a pickle.</summary>
    /// <param name="path">Where to write it.</param>
    /// <param name="pickle">The pickle; null for none.</param>
    /// <param name="entries">Other entries, stored.</param>
    public static void Save(string path, byte[]? pickle, params (string Name, byte[] Bytes)[] entries) => Save(path, CompressionLevel.NoCompression, pickle, entries);

    public static void Save(string path, CompressionLevel level, byte[]? pickle, params (string Name, byte[] Bytes)[] entries)
    {
        using var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        foreach (var (name, bytes) in (IEnumerable<(string, byte[])>)[.. pickle is null ? [] : ((string, byte[])[])[("saved/data.pkl", pickle)], .. entries])
        {
            using Stream stream = zip.CreateEntry(name, level).Open();
            stream.Write(bytes);
        }
    }

    public static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    private static byte[] Little(int number)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return bytes;
    }
}
