using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Microsoft.ML.Spiking;

/// <summary>A <see cref="SpikingModel"/> as entries of a model.zip.</summary>
/// <remarks>
/// *** Binary format ***
/// Options.json        SpikingNetworkOptions; what an older version left out is as by default
/// Outline.json        ModelOutline
/// Training.json       TrainingRecord
/// Provenance.json     TrainingProvenance: time, device and versions, in which two equal runs differ
/// Weights.safetensors the arrays, in the order of <see cref="SpikingModelArrays.Shapes"/>
/// </remarks>
internal static class SpikingModelFile
{
    private const string Options = "Options.json", Outline = "Outline.json", Training = "Training.json", Provenance = "Provenance.json", Weights = "Weights.safetensors";

    public static void Write(ModelWriter writer, SpikingModel model)
    {
        Write(writer, Options, model.Options, SpikingJson.Default.SpikingNetworkOptions);
        string[]? names = model.FeatureNames is [] ? null : [.. model.FeatureNames];
        var outline = new ModelOutline([.. model.Input.Dimensions], model.Input.IsSpikeTrain, model.Classes, model.Standardisation.Offset.Length, model.TargetRate, names, model.Temperature);
        Write(writer, Outline, outline, SpikingJson.Default.ModelOutline);
        Write(writer, Training, model.Training, SpikingJson.Default.TrainingRecord);
        Write(writer, Provenance, model.Provenance, SpikingJson.Default.TrainingProvenance);
        writer.Entry(Weights, stream => SafeTensors.Write(stream, SpikingModelArrays.Of(model)));
    }

    /// <exception cref="InvalidDataException">The model is damaged.</exception>
    public static SpikingModel Read(ModelReader reader)
    {
        SpikingNetworkOptions options = reader.Entry(Options, ReadOptions);
        ModelOutline outline = Read(reader, Outline, SpikingJson.Default.ModelOutline, Check);
        InputShape column = outline.SpikeTrains
            ? InputShape.SpikeTrain(outline.InputDimensions[0], outline.InputDimensions[1])
            : InputShape.Intensities(outline.InputDimensions);
        InputShape input = options.ChosenCode.Shape(column)
            ?? throw new InvalidDataException(Trouble.Model.Says($"The model is damaged: it names an input of dimensions [{string.Join(", ", outline.InputDimensions)}], and its code, {options.ChosenCode.GetType().Name}, needs [time, inputs]."));
        if (options.ReceptiveField is { } field && (input.Image is not { } image || field.Fault(options.Columns, image) is not null))
            throw new InvalidDataException(Trouble.Model.Says($"The model is damaged: its receptive fields do not fit an input of dimensions [{string.Join(", ", outline.InputDimensions)}]."));
        if (ModelSize.Fault(options, input, outline.Classes, copies: 1, ModelSize.Memory) is { } fault) throw new InvalidDataException(Trouble.Model.Says($"The model cannot be held: {fault}"));
        var arrays = reader.Entry(Weights, stream => SafeTensors.Read(stream, SpikingModelArrays.Shapes(options, input.Inputs, outline.Classes, outline.Scales)));
        SpikingModel model = SpikingModelArrays.Model(options, input, outline, arrays);
        model.Standardisation.Check();
        return model with
        {
            Training = Read(reader, Training, SpikingJson.Default.TrainingRecord),
            Provenance = Read(reader, Provenance, SpikingJson.Default.TrainingProvenance),
        };
    }

    private static void Write<T>(ModelWriter writer, string entry, T value, JsonTypeInfo<T> type)
        => writer.Entry(entry, stream => JsonSerializer.Serialize(stream, value, type));

    private static T Read<T>(ModelReader reader, string entry, JsonTypeInfo<T> type, Action<T>? check = null) => reader.Entry(entry, stream =>
    {
        T value = JsonSerializer.Deserialize(stream, type) ?? throw new InvalidDataException("it is empty.");
        check?.Invoke(value);
        return value;
    });

    private static SpikingNetworkOptions ReadOptions(Stream stream)
    {
        JsonObject stored = JsonSerializer.Deserialize(stream, SpikingJson.Default.JsonObject) ?? throw new InvalidDataException("it is empty.");
        OmittedMembers.FillIn(stored, SpikingJson.Default.SpikingNetworkOptions);
        SpikingNetworkOptions options = stored.Deserialize(SpikingJson.Default.SpikingNetworkOptions)!;
        options.Check();
        if (options.Code is null) throw new InvalidDataException("it names no code.");
        return options;
    }

    private static void Check(ModelOutline outline)
    {
        if (outline.InputDimensions is not [> 0, ..] || outline.InputDimensions.Any(d => d <= 0) || outline.Classes < 0 || outline.SpikeTrains && outline.InputDimensions.Length != 2)
            throw new InvalidDataException("it names an input or classes that cannot be.");
        if (outline.InputDimensions.Aggregate((Int128)1, (product, d) => product * d) > Array.MaxLength / ModelSize.RowsAtOnce)
            throw new InvalidDataException($"it names an input of dimensions [{string.Join(", ", outline.InputDimensions)}], more than can be read.");
        if (!(outline.Temperature > 0 && float.IsFinite(outline.Temperature))) throw new InvalidDataException($"it names a temperature of {outline.Temperature}, but that must be greater than 0.");
        if (outline.Scales != 1 && outline.Scales != outline.InputDimensions[^1])
            throw new InvalidDataException($"it names scales of {outline.Scales} inputs instead of 1 or {outline.InputDimensions[^1]}.");
        if (outline.FeatureNames is { } names && (names.Length != outline.InputDimensions.Aggregate(1L, (product, d) => product * d) || !SlotNames.AreTelling(names)))
            throw new InvalidDataException("it does not name each feature by a name of its own.");
    }
}
