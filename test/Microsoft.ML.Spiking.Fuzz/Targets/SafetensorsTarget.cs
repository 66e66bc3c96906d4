using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.ML.Spiking.Fuzz.Mutators;

namespace Microsoft.ML.Spiking.Fuzz.Targets;

/// <summary>Networks in safetensors: loaded, and one row sent through them.</summary>
internal sealed class SafetensorsTarget : IFuzzTarget
{
    private static readonly Lazy<IReadOnlyList<byte[]>> s_seeds = new(() => [.. Made()]);

    // A file of its own for each target: tests run side by side.
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("spiking-fuzz-safetensors-").FullName, "mutant.safetensors");

    public string Name => "safetensors";

    public IReadOnlyList<byte[]> Seeds => s_seeds.Value;

    public byte[] Mutate(byte[] file, RandomStream random) => random.Below(2) == 0 ? SafeTensorsMutator.Mutate(file, random) : WithRecord(file, random);

    public void Open(byte[] file)
    {
        File.WriteAllBytes(_path, file);
        var ml = new MLContext(seed: 1);
        if (SafetensorsFile.Read(_path).Classes > 0) ModelTarget.Use(ml, ml.Model.LoadFromSafetensors(_path));
    }

    public bool IsRefusal(Exception error) => error is InvalidDataException && Trouble.Foreign.Is(error);

    /// <summary>One of the JSON texts within the header, damaged as JSON.</summary>
    private static byte[] WithRecord(byte[] file, RandomStream random)
    {
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        JsonObject header = JsonNode.Parse(file.AsSpan(sizeof(long), length))!.AsObject(), texts = header["__metadata__"]!.AsObject();
        string name = texts.ElementAt(random.Below(texts.Count)).Key;
        texts[name] = Encoding.UTF8.GetString(JsonMutator.Mutate(Encoding.UTF8.GetBytes(texts[name]!.GetValue<string>()), random));
        byte[] json = Encoding.UTF8.GetBytes(header.ToJsonString());
        byte[] mutant = [.. new byte[sizeof(long)], .. json, .. file[(sizeof(long) + length)..]];
        BinaryPrimitives.WriteInt64LittleEndian(mutant, json.Length);
        return mutant;
    }

    private static IEnumerable<byte[]> Made()
    {
        string path = Path.GetTempFileName();
        foreach (SpikingModel model in SmallModels.Networks.Select(network => network.Model))
        {
            SafetensorsFile.Write(model, path);
            yield return File.ReadAllBytes(path);
        }
        foreach (SpikingNetworkTransformer network in SmallModels.Networks.Select(made => made.Network).OfType<SpikingNetworkTransformer>())
        {
            SafetensorsFile.Write(network, path);
            yield return File.ReadAllBytes(path);
        }
        File.Delete(path);
    }
}
