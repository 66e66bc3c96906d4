using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Microsoft.ML.Spiking.Storage;

/// <summary>
/// Named float32 arrays in the safetensors format: eight bytes of length, a JSON header that names type, shape and place of each, then the numbers.
/// Other tools read it as it is.
/// </summary>
internal static class SafeTensors
{
    private const int MaximumHeader = 1 << 20;

    // Where numbers begin: other tools read them in place.
    private const int Alignment = 8;

    // Where nobody knows how much comes: what is allocated ahead of it.
    private const int Piece = 1 << 18;

    /// <param name="stream">Where to write.</param>
    /// <param name="tensors">Name, shape and row-major values.</param>
    public static void Write(Stream stream, IReadOnlyList<(string Name, int[] Shape, ReadOnlyMemory<float> Values)> tensors)
        => Write(stream, JsonSerializer.SerializeToUtf8Bytes(Header(tensors), SpikingJson.Default.JsonObject), tensors);

    /// <summary>The same under a header that says more than <see cref="Header"/> does.</summary>
    public static void Write(Stream stream, byte[] header, IReadOnlyList<(string Name, int[] Shape, ReadOnlyMemory<float> Values)> tensors)
    {
        int spaces = -header.Length & (Alignment - 1);
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write((long)header.Length + spaces);
        writer.Write(header);
        for (int i = 0; i < spaces; i++) writer.Write((byte)' ');
        foreach (var (_, _, values) in tensors) writer.Write(MemoryMarshal.AsBytes(values.Span));
    }

    /// <summary>What a file says of its arrays: the type, shape and place of each.</summary>
    public static JsonObject Header(IReadOnlyList<(string Name, int[] Shape, ReadOnlyMemory<float> Values)> tensors)
    {
        var header = new JsonObject();
        long at = 0;
        foreach (var (name, shape, values) in tensors)
        {
            long end = at + values.Length * (long)sizeof(float);
            header[name] = new JsonObject
            {
                ["dtype"] = "F32",
                ["shape"] = new JsonArray([.. shape.Select(d => (JsonNode)d)]),
                ["data_offsets"] = new JsonArray(at, end),
            };
            at = end;
        }
        return header;
    }

    /// <summary>Reads the arrays, which must be these and no others, in the order in which they stand; the stream must end with them.</summary>
    /// <remarks>Nothing is allocated for numbers that are not there: a length is believed only where the stream has as much.</remarks>
    /// <param name="stream">Where to read.</param>
    /// <param name="expected">The shape that each must have.</param>
    /// <exception cref="InvalidDataException">An array is absent, of another shape, or cut off, or there is more than was asked for.</exception>
    public static Dictionary<string, float[]> Read(Stream stream, IReadOnlyList<(string Name, int[] Shape)> expected)
    {
        byte[] header = ReadHeader(stream, MaximumHeader);
        string? absent = null;
        if (StoredRecord.Read(header, stored => (absent = Absent(stored, expected)) is null ? stored : null) is null)
            throw new InvalidDataException(
                absent is null ? "its header is no JSON, or names more than it should." : $"it holds no {absent} where that should stand.");

        long bytes = 0;
        foreach (var (_, shape) in expected) bytes += Size(shape) * sizeof(float);
        bool known = stream.CanSeek;
        if (known && stream.Length - stream.Position is var there && there != bytes)
            throw new InvalidDataException($"its arrays take {bytes} bytes, but it holds {there}.");

        var tensors = new Dictionary<string, float[]>(expected.Count);
        foreach (var (name, shape) in expected) tensors[name] = ReadNumbers(stream, name, Size(shape), known);
        return stream.ReadByte() < 0 ? tensors : throw new InvalidDataException($"its arrays take {bytes} bytes, but it holds more.");
    }

    /// <summary>Says which number of an array is none that can be learnt.</summary>
    /// <param name="name">The array.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="values">Its numbers.</param>
    /// <param name="lowest">The lowest that can be.</param>
    /// <param name="highest">The highest.</param>
    /// <exception cref="InvalidDataException">A number is not finite, or beyond those.</exception>
    public static void CheckNumbers(string name, int[] shape, ReadOnlySpan<float> values, float lowest, float highest)
    {
        int at = FirstBeyond(values, lowest, highest);
        if (at < 0) return;
        var place = new int[shape.Length];
        for ((int d, int rest) = (shape.Length - 1, at); d >= 0; rest /= shape[d--]) place[d] = rest % shape[d];
        throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
            $"'{name}'[{string.Join(", ", place)}] is {values[at]}, but it must lie between {lowest} and {highest}."));
    }

    // Optimised from its first call: a model is read once, and has a million of them.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int FirstBeyond(ReadOnlySpan<float> values, float lowest, float highest)
    {
        for (int i = 0; i < values.Length; i++)
            if (!(values[i] >= lowest && values[i] <= highest)) return i;   // of NaN too
        return -1;
    }

    /// <summary>The header of a file, as JSON, behind which the numbers begin.</summary>
    /// <param name="stream">At its beginning.</param>
    /// <param name="most">Bytes that it may have.</param>
    /// <exception cref="InvalidDataException">It is longer, or cut off.</exception>
    public static byte[] ReadHeader(Stream stream, int most)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw new InvalidDataException("it is cut off before its header.");
        long length = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        if (length <= 0 || length > most)
            throw new InvalidDataException($"its header claims {length} bytes, but must have 1 to {most}.");
        if (stream.CanSeek && stream.Length - stream.Position is var there && there < length)
            throw new InvalidDataException($"its header claims {length} bytes, but it is cut off after {there} of them.");
        var header = new byte[length];
        int read = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        return read == length ? header : throw new InvalidDataException($"its header claims {length} bytes, but it is cut off after {read} of them.");
    }

    /// <summary>The numbers of an array, which come next.</summary>
    /// <param name="stream">Where to read.</param>
    /// <param name="name">What the array is called.</param>
    /// <param name="count">How many it has.</param>
    /// <param name="known">Whether the stream is known to hold as many; else room is made as they come.</param>
    /// <exception cref="InvalidDataException">They are cut off.</exception>
    public static float[] ReadNumbers(Stream stream, string name, long count, bool known)
    {
        var values = new float[known ? count : Math.Min(count, Piece)];
        for (int done = 0; ;)
        {
            Span<byte> rest = MemoryMarshal.AsBytes(values.AsSpan(done));
            int read = stream.ReadAtLeast(rest, rest.Length, throwOnEndOfStream: false);
            if (read < rest.Length) throw new InvalidDataException($"it is cut off in '{name}', after {done + read / sizeof(float)} of {count} numbers.");
            if (values.Length == count) return values;
            done = values.Length;
            Array.Resize(ref values, (int)Math.Min(count, 2L * done));
        }
    }

    /// <summary>The first of the arrays that a header does not name where it should; null where it names all.</summary>
    private static string? Absent(StoredRecord header, IReadOnlyList<(string Name, int[] Shape)> expected)
    {
        long at = 0;
        for (int i = 0; i < expected.Count; i++)
        {
            (string name, int[] shape) = expected[i];
            long end = at + Size(shape) * sizeof(float);
            (long start, at) = (at, end);
            if (header.MaybeRecord<StoredRecord>(name, null, entry => Holds(entry, shape, start, end) ? entry : null) is null)
                return $"'{name}' of shape [{string.Join(", ", shape)}]";
        }
        return null;
    }

    private static bool Holds(StoredRecord entry, int[] shape, long start, long end)
        => entry.Text("dtype") == "F32" && entry.Longs("shape").AsSpan().SequenceEqual(Array.ConvertAll(shape, d => (long)d))
            && entry.Longs("data_offsets") is [var first, var last] && first == start && last == end;

    /// <summary>Numbers in an array.</summary>
    public static long Size(int[] shape)
    {
        long size = 1;
        foreach (int d in shape) size *= d;
        return size;
    }
}
