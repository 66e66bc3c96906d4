using System.Runtime.InteropServices;
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

    /// <param name="stream">Where to write.</param>
    /// <param name="tensors">Name, shape and row-major values.</param>
    public static void Write(Stream stream, IReadOnlyList<(string Name, int[] Shape, ReadOnlyMemory<float> Values)> tensors)
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
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(header, SpikingJson.Default.JsonObject);
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write((long)json.Length);
        writer.Write(json);
        foreach (var (_, _, values) in tensors) writer.Write(MemoryMarshal.AsBytes(values.Span));
    }

    /// <summary>Reads the arrays that are asked for, in the order in which they stand.</summary>
    /// <param name="stream">Where to read.</param>
    /// <param name="expected">The shape that each must have.</param>
    /// <exception cref="InvalidDataException">A tensor is absent, of another shape, or cut off.</exception>
    public static Dictionary<string, float[]> Read(Stream stream, IReadOnlyList<(string Name, int[] Shape)> expected)
    {
        using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        long length = reader.ReadInt64();
        if (length is <= 0 or > MaximumHeader) throw new InvalidDataException($"its header claims {length} bytes.");
        byte[] header = reader.ReadBytes((int)length);
        if (StoredRecord.Read(header, stored => Holds(stored, expected) ? stored : null) is null) Check(header, expected);

        var tensors = new Dictionary<string, float[]>();
        for (int i = 0; i < expected.Count; i++)
        {
            var values = new float[Size(expected[i].Shape)];
            stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
            tensors[expected[i].Name] = values;
        }
        return tensors;
    }

    /// <summary>Whether a header is of these arrays and no others: all that is asked of most, and cheaper than finding out what is wrong.</summary>
    private static bool Holds(StoredRecord header, IReadOnlyList<(string Name, int[] Shape)> expected)
    {
        long at = 0;
        for (int i = 0; i < expected.Count; i++)
        {
            (string name, int[] shape) = expected[i];
            long end = at + Size(shape) * sizeof(float);
            (long start, at) = (at, end);
            if (header.MaybeRecord<StoredRecord>(name, null, entry => Holds(entry, shape, start, end) ? entry : null) is null) return false;
        }
        return true;
    }

    private static bool Holds(StoredRecord entry, int[] shape, long start, long end)
        => entry.Text("dtype") == "F32" && entry.Longs("shape").AsSpan().SequenceEqual(Array.ConvertAll(shape, d => (long)d))
            && entry.Longs("data_offsets") is [var first, var last] && first == start && last == end;

    /// <exception cref="InvalidDataException">A tensor is absent or of another shape.</exception>
    private static void Check(byte[] json, IReadOnlyList<(string Name, int[] Shape)> expected)
    {
        JsonObject header = JsonSerializer.Deserialize(json, SpikingJson.Default.JsonObject) ?? throw new InvalidDataException("its header is empty.");
        long at = 0;
        foreach (var (name, shape) in expected)
        {
            long end = at + Size(shape) * sizeof(float);
            if (header[name] is not JsonObject entry
                || entry["dtype"]?.GetValue<string>() != "F32"
                || entry["shape"] is not JsonArray found || !found.Select(d => d!.GetValue<int>()).SequenceEqual(shape)
                || entry["data_offsets"] is not JsonArray offsets || offsets[0]!.GetValue<long>() != at || offsets[1]!.GetValue<long>() != end)
                throw new InvalidDataException($"it holds no '{name}' of shape [{string.Join(", ", shape)}] where that should stand.");
            at = end;
        }
    }

    private static long Size(int[] shape)
    {
        long size = 1;
        foreach (int d in shape) size *= d;
        return size;
    }
}
