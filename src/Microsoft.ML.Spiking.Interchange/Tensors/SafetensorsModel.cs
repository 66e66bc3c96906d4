using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML.Spiking.Files;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Spiking.Storage;
using Microsoft.ML.Spiking.Transforms;

namespace Microsoft.ML.Spiking.Tensors;

/// <summary>A trained network as a safetensors file, and what its answers look like.</summary>
/// <remarks>
/// The arrays are those of a model.zip, under the same names (<see cref="SpikingModelArrays"/>). __metadata__ has, as texts:
/// Format       who wrote it, and by which format
/// Answers      "classes", "yes or no", or "rates" of a network without a readout
/// Golden       golden rows, where the file has any
/// Network, Outline, Training, Provenance, and Classes where they have names   the JSON of a model.zip's entries of these names
/// </remarks>
internal static class SafetensorsModel
{
    private const string Format = nameof(Format), Answers = nameof(Answers), Golden = nameof(Golden), Ours = "Microsoft.ML.Spiking ", Version = "1";
    private const string OfClasses = "classes", OfYesOrNo = "yes or no", OfRates = "rates";

    // Texts within a text: each quotation mark is escaped once, not by six characters.
    private static readonly JsonSerializerOptions s_plain = new(SpikingJson.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = false,
    };

    /// <param name="path">The file to write.</param>
    /// <param name="model">The network.</param>
    /// <param name="outputs">What its answers look like; null where nobody has said.</param>
    /// <param name="golden">What the file promises; null for nothing.</param>
    /// <exception cref="NotSupportedException">What it remembers is too long for a header.</exception>
    public static void Write(string path, SpikingModel model, ClassOutputs? outputs, GoldenRows? golden = null)
    {
        var metadata = new JsonObject
        {
            [Format] = Ours + Version,
            [Answers] = model.Classes == 0 ? OfRates : outputs is BinaryOutputs ? OfYesOrNo : OfClasses,
        };
        if (golden is not null) metadata[Golden] = golden.ToJson();
        SpikingModelFile.WriteRecords(Entry, model);
        if (outputs is MulticlassOutputs { Labels: { } labels }) SpikingModelFile.Write(Entry, labels);
        var arrays = SpikingModelArrays.Of(model);
        JsonObject header = SafeTensors.Header(arrays);
        header.Insert(0, "__metadata__", metadata);
        byte[] json = Encoding.UTF8.GetBytes(header.ToJsonString(s_plain));
        if (json.Length > SafetensorsHeader.MaximumBytes)
            throw Trouble.Onnx.NotSupported($"The header of a safetensors file holds {SafetensorsHeader.MaximumBytes} bytes at most, but what is known of the "
                + $"network takes {json.Length}; leave out the Journal of its Training, or save a model.zip.");
        WholeFile.Write(path, stream => SafeTensors.Write(stream, json, arrays));

        void Entry(string name, Action<Stream> write)
        {
            using var text = new MemoryStream();
            write(text);
            metadata[SafetensorsEntries.NameOf(name)] = JsonNode.Parse(text.GetBuffer().AsSpan(0, (int)text.Length))!.ToJsonString(s_plain);
        }
    }

    /// <exception cref="InvalidDataException">The file is damaged, or holds no network of ours.</exception>
    public static (SpikingModel Model, ClassOutputs? Outputs) Read(string path) => ForeignFile.Read(path, "a network in safetensors", Read);

    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static GoldenRows? ReadGolden(string path) => ForeignFile.Read(path, "a network in safetensors", stream =>
        SafetensorsHeader.Read(SafeTensors.ReadHeader(stream, SafetensorsHeader.MaximumBytes)).Metadata.TryGetValue(Golden, out string? json)
            ? GoldenRows.Parse(json) : null);

    private static (SpikingModel Model, ClassOutputs? Outputs) Read(FileStream stream)
    {
        SafetensorsHeader header = SafetensorsHeader.Read(SafeTensors.ReadHeader(stream, SafetensorsHeader.MaximumBytes));
        string[] inOrder = header.InOrder(stream.Length - stream.Position);
        string format = header.Metadata.GetValueOrDefault(Format, "");
        if (!format.StartsWith(Ours, StringComparison.Ordinal))
            throw new InvalidDataException($"it holds {header.Tensors.Count} tensors, but its __metadata__ does not say by its '{Format}' that they are a "
                + "network of Microsoft.ML.Spiking; weights alone do not say what to do with them.");
        if (format != Ours + Version)
            throw new InvalidDataException($"it is of format '{format}', but this version reads '{Ours}{Version}'; update the package.");

        var entries = new SafetensorsEntries(header.Metadata);
        try
        {
            SpikingModel model = SpikingModelFile.Read(entries, _ => { }, (shapes, checking) => checking(Arrays(stream, header, inOrder, shapes)));
            ClassOutputs? outputs = Outputs(header.Metadata.GetValueOrDefault(Answers, ""), entries, model.Classes);
            if (outputs is not null) SpikingModelFile.Possible(() => model.Names.CheckOutputs(binary: outputs is BinaryOutputs));
            return (model, outputs);
        }
        catch (InvalidDataException damage) when (Trouble.Model.Is(damage))
        {
            throw new InvalidDataException(Trouble.Model.Sentence(damage), damage);
        }
    }

    private static ClassOutputs? Outputs(string answers, SafetensorsEntries entries, int classes) => (answers, classes) switch
    {
        (OfRates, 0) => null,
        (OfYesOrNo, 2) => new BinaryOutputs(),
        (OfClasses, > 0) => new MulticlassOutputs(SpikingModelFile.ReadClasses(entries, classes)),
        _ => throw new InvalidDataException($"its '{Answers}' are '{answers}', which does not go with a network of {classes} classes."),
    };

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
