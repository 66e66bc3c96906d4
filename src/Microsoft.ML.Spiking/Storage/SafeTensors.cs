using System.Collections.Immutable;
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
    public static Dictionary<string, ImmutableArray<float>> Read(Stream stream, IReadOnlyList<(string Name, int[] Shape)> expected)
    {
        using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        long length = reader.ReadInt64();
        if (length is <= 0 or > MaximumHeader) throw new InvalidDataException($"its header claims {length} bytes.");
        JsonObject header = JsonSerializer.Deserialize(reader.ReadBytes((int)length), SpikingJson.Default.JsonObject)
            ?? throw new InvalidDataException("its header is empty.");

        var tensors = new Dictionary<string, ImmutableArray<float>>();
        long at = 0;
        foreach (var (name, shape) in expected)
        {
            long size = shape.Aggregate(1L, (product, d) => product * d) * sizeof(float);
            if (header[name] is not JsonObject entry
                || entry["dtype"]?.GetValue<string>() != "F32"
                || entry["shape"] is not JsonArray found || !found.Select(d => d!.GetValue<int>()).SequenceEqual(shape)
                || entry["data_offsets"] is not JsonArray offsets || offsets[0]!.GetValue<long>() != at || offsets[1]!.GetValue<long>() != at + size)
                throw new InvalidDataException($"it holds no '{name}' of shape [{string.Join(", ", shape)}] where that should stand.");
            var values = new float[size / sizeof(float)];
            stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
            tensors[name] = ImmutableCollectionsMarshal.AsImmutableArray(values);
            at += size;
        }
        return tensors;
    }
}
