using System.Reflection;

namespace Microsoft.ML.Spiking.Aedat;

/// <summary>Zstandard's frames. .NET 10 reads none; a package does, which is found by its name where an application has it.</summary>
internal static class ZstdFrame
{
    /// <summary>The package that reads them.</summary>
    public const string Package = "ZstdSharp.Port";

    // ZSTD_d_windowLogMax: the room that a frame may ask for, whatever comes of it.
    private const int WindowParameter = 100, MostWindowBits = 26, ReadBytes = 1 << 16;

    private static readonly Lazy<Func<Stream, Stream>?> s_open = new(() => Find(Type.GetType("ZstdSharp.DecompressionStream, ZstdSharp")));

    /// <summary>Opens what unpacks a stream of frames; null where the application does without it.</summary>
    public static Func<Stream, Stream>? Open => s_open.Value;

    /// <param name="frame">A buffer that begins with a frame.</param>
    /// <param name="bytes">Bytes of the frame.</param>
    /// <param name="into">Takes what it unpacks to.</param>
    public static void Unpack(byte[] frame, int bytes, UnpackedBytes into)
    {
        using Stream unpacked = Open!(new MemoryStream(frame, 0, bytes));
        for (int read = 1; read > 0;)
        {
            Span<byte> all = into.WithRoom(ReadBytes);
            read = unpacked.Read(all[into.Count..]);
            into.Reach(into.Count + read);
        }
    }

    private static Func<Stream, Stream>? Find(Type? type)
    {
        // Size of its buffer, whether a frame must end, whether what it reads from stays open.
        ConstructorInfo? make = type?.GetConstructor([typeof(Stream), typeof(int), typeof(bool), typeof(bool)]);
        MethodInfo? set = type?.GetMethod("SetParameter");
        if (make is null || set?.GetParameters() is not [var parameter, { ParameterType: var number }] || number != typeof(int)) return null;
        object window = Enum.ToObject(parameter.ParameterType, WindowParameter);
        return packed =>
        {
            var stream = (Stream)make.Invoke([packed, 0, true, false]);
            set.Invoke(stream, [window, MostWindowBits]);
            return stream;
        };
    }
}
