using System.Text;
using System.Text.Json.Nodes;
using Microsoft.ML.Spiking.Files;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Storage;
using Microsoft.ML.Spiking.Transforms;

namespace Microsoft.ML.Spiking.Tensors;

/// <summary>A trained network as a safetensors file, and what its answers look like.</summary>
/// <remarks>
/// The arrays are those of a model.zip, under the same names (<see cref="SpikingModelArrays"/>); __metadata__ has its <see cref="ModelRecords"/>.
/// </remarks>
internal static class SafetensorsModel
{
    /// <param name="path">The file to write.</param>
    /// <param name="model">The network.</param>
    /// <param name="outputs">What its answers look like; null where nobody has said.</param>
    /// <param name="golden">What the file promises; null for nothing.</param>
    /// <exception cref="NotSupportedException">What it remembers is too long for a header.</exception>
    public static void Write(string path, SpikingModel model, ClassOutputs? outputs, GoldenRows? golden = null)
    {
        var metadata = new JsonObject();
        foreach (var (name, text) in ModelRecords.Of(model, outputs, golden)) metadata[name] = text;
        var arrays = SpikingModelArrays.Of(model);
        JsonObject header = SafeTensors.Header(arrays);
        header.Insert(0, SafetensorsHeader.MetadataName, metadata);
        byte[] json = Encoding.UTF8.GetBytes(header.ToJsonString(ModelRecords.Plain));
        if (json.Length > SafetensorsHeader.MaximumBytes)
            throw Trouble.Onnx.NotSupported($"The header of a safetensors file holds {SafetensorsHeader.MaximumBytes} bytes at most, but what is known of the "
                + $"network takes {json.Length}; leave out the Journal of its Training, or save a model.zip.");
        WholeFile.Write(path, stream => SafeTensors.Write(stream, json, arrays));
    }

    /// <exception cref="InvalidDataException">The file is damaged, or holds no network of ours.</exception>
    public static (SpikingModel Model, ClassOutputs? Outputs) Read(string path) => ForeignFile.Read(path, "a network in safetensors", stream =>
    {
        SafetensorsHeader header = SafetensorsHeader.Read(SafeTensors.ReadHeader(stream, SafetensorsHeader.MaximumBytes));
        string[] inOrder = header.InOrder(stream.Length - stream.Position);
        return ModelRecords.Read(header.Metadata, SafetensorsHeader.MetadataName, shapes => Arrays(stream, header, inOrder, shapes));
    });

    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static GoldenRows? ReadGolden(string path) => ForeignFile.Read(path, "a network in safetensors",
        stream => ModelRecords.Golden(SafetensorsHeader.Read(SafeTensors.ReadHeader(stream, SafetensorsHeader.MaximumBytes)).Metadata));

    /// <summary>The arrays, in the order in which they lie: other tools write them in one of their own.</summary>
    private static Dictionary<string, float[]> Arrays(
        FileStream stream, SafetensorsHeader header, string[] inOrder, (string Name, int[] Shape)[] expected)
    {
        foreach (var (name, shape) in expected)
        {
            if (!header.Tensors.TryGetValue(name, out SafetensorsPlace? place)) throw new InvalidDataException($"it has no tensor '{name}'.");
            if (place.Type != "F32" || !place.Shape.SequenceEqual(shape.Select(d => (long)d)) || place.Bytes != SafeTensors.Size(shape) * sizeof(float))
                throw new InvalidDataException($"its '{name}' is {place.Type} [{string.Join(", ", place.Shape)}] in {place.Bytes} bytes, but the network "
                    + $"needs F32 [{string.Join(", ", shape)}].");
        }
        if (header.Tensors.Count != expected.Length)
        {
            string other = header.Tensors.Keys.Except(expected.Select(array => array.Name)).First();
            throw new InvalidDataException($"it has a tensor '{other}', which the network does not.");
        }
        var arrays = new Dictionary<string, float[]>();
        foreach (string name in inOrder)
            arrays[name] = SafeTensors.ReadNumbers(stream, name, header.Tensors[name].Bytes / sizeof(float), known: true);
        return arrays;
    }
}
