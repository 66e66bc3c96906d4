using K4os.Compression.LZ4.Streams;
using ZstdSharp;

namespace Microsoft.ML.Spiking.Fuzz.Targets;

/// <summary>Packs packets of AEDAT4 files as their writers do, by the packages that .NET has for it.</summary>
internal static class AedatPackings
{
    /// <summary>One LZ4 frame, as liblz4 makes it unless told otherwise.</summary>
    public static byte[] Lz4(byte[] content) => Lz4(content, new LZ4EncoderSettings());

    public static byte[] Lz4(byte[] content, LZ4EncoderSettings settings)
    {
        using var packed = new MemoryStream();
        using (Stream stream = LZ4Stream.Encode(packed, settings, leaveOpen: true)) stream.Write(content);
        return packed.ToArray();
    }

    /// <summary>One Zstandard frame.</summary>
    public static byte[] Zstd(byte[] content)
    {
        using var compressor = new Compressor(level: 3);
        return compressor.Wrap(content).ToArray();
    }
}
