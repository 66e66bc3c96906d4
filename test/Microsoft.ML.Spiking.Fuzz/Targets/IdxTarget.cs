using System.Buffers.Binary;
using System.IO.Compression;
using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Fuzz.Targets;

/// <summary>A pair of IDX files, images and labels, plain or packed with gzip. A mutant holds both: the length of the first, in four bytes, and their bytes.</summary>
internal sealed class IdxTarget : IFuzzTarget
{
    private const int LengthBytes = sizeof(int), HeaderWords = 4;

    // Where sizes turn, and the marks of both kinds.
    private static readonly uint[] s_words = [0, 1, 2, 0x7F, 0xFF, 0x100, 0xFFFF, 1 << 13, 1 << 26, int.MaxValue, 0x80000000, uint.MaxValue, 0x801, 0x803, 0x802, 0x1F8B0800];

    // A reader of its own for each thread: tests run side by side.
    private readonly string _folder = Directory.CreateTempSubdirectory("spiking-fuzz-idx-").FullName;

    public string Name => "idx";

    public IReadOnlyList<byte[]> Seeds { get; } = MakeSeeds();

    public byte[] Mutate(byte[] file, RandomStream random)
    {
        var (images, labels) = Split(file);
        bool packed = images.Length > 1 && images[0] == 0x1F;
        byte[][] both = packed ? [Unpacked(images), Unpacked(labels)] : [images, labels];
        for (int change = 1 + random.Below(3); change > 0; change--) Change(both, random);
        return packed ? Pair(Packed(both[0]), Packed(both[1])) : Pair(both[0], both[1]);
    }

    public void Open(byte[] file)
    {
        var (images, labels) = Split(file);
        string imagesPath = Path.Combine(_folder, "images"), labelsPath = Path.Combine(_folder, "labels");
        File.WriteAllBytes(imagesPath, images);
        File.WriteAllBytes(labelsPath, labels);
        IDataView view = new MLContext(seed: 1).Data.LoadFromIdx(imagesPath, labelsPath);
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        ValueGetter<VBuffer<float>> getFeatures = cursor.GetGetter<VBuffer<float>>(view.Schema["Features"]);
        ValueGetter<uint> getLabel = cursor.GetGetter<uint>(view.Schema["Label"]);
        VBuffer<float> features = default;
        uint key = 0;
        while (cursor.MoveNext())
        {
            getFeatures(ref features);
            getLabel(ref key);
        }
    }

    public bool IsRefusal(Exception error) => error is InvalidDataException && Ground.Trouble.Idx.Is(error);

    private static void Change(byte[][] both, RandomStream random)
    {
        int which = random.Below(2);
        byte[] bytes = both[which];
        switch (random.Below(4))
        {
            case 0 when bytes.Length >= HeaderWords * sizeof(uint):   // a word of the header
                BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(sizeof(uint) * random.Below(HeaderWords)), s_words[random.Below(s_words.Length)]);
                break;
            case 1:   // the other kind of file
                both[which] = both[random.Below(2)];
                break;
            case 2:   // fewer items, or more
                both[which] = bytes[..random.Below(bytes.Length + 1)];
                break;
            default:
                both[which] = [.. bytes, .. bytes.AsSpan(random.Below(bytes.Length + 1))];
                break;
        }
    }

    private static IReadOnlyList<byte[]> MakeSeeds()
    {
        byte[] images = [.. Words(0x803, 5, 4, 3), .. Enumerable.Range(0, 5 * 4 * 3).Select(i => (byte)(i * 7))], labels = [.. Words(0x801, 5), 0, 1, 2, 1, 0];
        return [Pair(images, labels), Pair(Packed(images), Packed(labels)), Pair(images, Packed(labels))];
    }

    private static IEnumerable<byte> Words(params uint[] words) => words.SelectMany(word => BitConverter.GetBytes(word).Reverse());

    private static byte[] Pair(byte[] images, byte[] labels)
    {
        byte[] length = new byte[LengthBytes];
        BinaryPrimitives.WriteInt32LittleEndian(length, images.Length);
        return [.. length, .. images, .. labels];
    }

    /// <summary>The two files; of a damaged length, as much as there is.</summary>
    private static (byte[] Images, byte[] Labels) Split(byte[] pair)
    {
        if (pair.Length < LengthBytes) return (pair, []);
        int length = (int)((uint)BinaryPrimitives.ReadInt32LittleEndian(pair) % (uint)(pair.Length - LengthBytes + 1));
        return (pair[LengthBytes..(LengthBytes + length)], pair[(LengthBytes + length)..]);
    }

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(bytes);
        return packed.ToArray();
    }

    private static byte[] Unpacked(byte[] bytes)
    {
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        gzip.CopyTo(unpacked);
        return unpacked.ToArray();
    }
}
