using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Spiking.Storage;
using Microsoft.ML.Spiking.Transforms;

namespace Microsoft.ML.Spiking.Tensors;

/// <summary>What a trained network is and remembers besides its arrays, as texts with names that stand beside tensors in another program's format.</summary>
/// <remarks>
/// Format       who wrote it, and by which format
/// Answers      "classes", "yes or no", or "rates" of a network without a readout
/// Golden       golden rows, where the file has any
/// Network, Outline, Training, Provenance, and Classes where they have names   the JSON of a model.zip's entries of these names
/// </remarks>
internal static class ModelRecords
{
    public const string Format = nameof(Format);

    private const string Answers = nameof(Answers), Promised = "Golden", Ours = "Microsoft.ML.Spiking ", Version = "1";
    private const string OfClasses = "classes", OfYesOrNo = "yes or no", OfRates = "rates";

    /// <summary>JSON that may stand as a text within JSON: each quotation mark is escaped once, not by six characters.</summary>
    public static JsonSerializerOptions Plain { get; } = new(SpikingJson.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = false,
    };

    /// <summary>The texts of a network.</summary>
    /// <param name="model">The network.</param>
    /// <param name="outputs">What its answers look like; null where nobody has said.</param>
    /// <param name="golden">What the file promises; null for nothing.</param>
    public static List<KeyValuePair<string, string>> Of(SpikingModel model, ClassOutputs? outputs, GoldenRows? golden)
    {
        List<KeyValuePair<string, string>> texts =
        [
            new(Format, Ours + Version),
            new(Answers, model.Classes == 0 ? OfRates : outputs is BinaryOutputs ? OfYesOrNo : OfClasses),
        ];
        if (golden is not null) texts.Add(new(Promised, golden.ToJson()));
        SpikingModelFile.WriteRecords(Entry, model);
        if (outputs is MulticlassOutputs { Labels: { } labels }) SpikingModelFile.Write(Entry, labels);
        return texts;

        void Entry(string name, Action<Stream> write)
        {
            using var text = new MemoryStream();
            write(text);
            texts.Add(new(RecordEntries.NameOf(name), JsonNode.Parse(text.GetBuffer().AsSpan(0, (int)text.Length))!.ToJsonString(Plain)));
        }
    }

    /// <summary>The network of such texts, and what its answers look like.</summary>
    /// <param name="texts">The texts; others among them are passed over.</param>
    /// <param name="place">Where they are, as in "__metadata__".</param>
    /// <param name="arrays">Reads arrays of these names and shapes.</param>
    /// <exception cref="InvalidDataException">They are damaged, or none of ours.</exception>
    public static (SpikingModel Model, ClassOutputs? Outputs) Read(
        IReadOnlyDictionary<string, string> texts, string place, Func<(string Name, int[] Shape)[], Dictionary<string, float[]>> arrays)
    {
        string format = texts.GetValueOrDefault(Format, "");
        if (!format.StartsWith(Ours, StringComparison.Ordinal))
            throw new InvalidDataException($"its {place} does not say by its '{Format}' that its tensors are a network of Microsoft.ML.Spiking; weights "
                + "alone do not say what to do with them.");
        if (format != Ours + Version)
            throw new InvalidDataException($"it is of format '{format}', but this version reads '{Ours}{Version}'; update the package.");

        var entries = new RecordEntries(texts, place);
        try
        {
            SpikingModel model = SpikingModelFile.Read(entries, _ => { }, (shapes, checking) => checking(arrays(shapes)));
            ClassOutputs? outputs = Outputs(texts.GetValueOrDefault(Answers, ""), entries, model.Classes);
            if (outputs is not null) SpikingModelFile.Possible(() => model.Names.CheckOutputs(binary: outputs is BinaryOutputs));
            return (model, outputs);
        }
        catch (InvalidDataException damage) when (Trouble.Model.Is(damage))
        {
            throw new InvalidDataException(Trouble.Model.Sentence(damage), damage);
        }
    }

    /// <summary>What a file with such texts promises; null where it promises nothing.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static GoldenRows? Golden(IReadOnlyDictionary<string, string> texts)
        => texts.TryGetValue(Promised, out string? json) ? GoldenRows.Parse(json) : null;

    private static ClassOutputs? Outputs(string answers, RecordEntries entries, int classes) => (answers, classes) switch
    {
        (OfRates, 0) => null,
        (OfYesOrNo, 2) => new BinaryOutputs(),
        (OfClasses, > 0) => new MulticlassOutputs(SpikingModelFile.ReadClasses(entries, classes)),
        _ => throw new InvalidDataException($"its '{Answers}' are '{answers}', which does not go with a network of {classes} classes."),
    };
}
