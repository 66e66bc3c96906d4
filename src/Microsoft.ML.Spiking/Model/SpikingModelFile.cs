using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Microsoft.ML.Spiking;

/// <summary>A <see cref="SpikingModel"/> as entries of a model.zip.</summary>
/// <remarks>
/// *** Binary format ***
/// Options.json        SpikingNetworkOptions
/// Outline.json        ModelOutline
/// Training.json       TrainingRecord
/// Provenance.json     TrainingProvenance: time, device and versions, in which two equal runs differ
/// Weights.safetensors the arrays, in the order of <see cref="Shapes"/>
/// </remarks>
internal static class SpikingModelFile
{
    private const string Options = "Options.json", Outline = "Outline.json", Training = "Training.json", Provenance = "Provenance.json", Weights = "Weights.safetensors";

    public static void Write(ModelWriter writer, SpikingModel model)
    {
        Write(writer, Options, model.Options, SpikingJson.Default.SpikingNetworkOptions);
        Write(writer, Outline, new ModelOutline([.. model.Input.Dimensions], model.Input.IsSpikeTrain, model.Classes, model.Standardisation, model.TargetRate), SpikingJson.Default.ModelOutline);
        Write(writer, Training, model.Training, SpikingJson.Default.TrainingRecord);
        Write(writer, Provenance, model.Provenance, SpikingJson.Default.TrainingProvenance);

        ReadOnlyMemory<float>[] arrays =
        [
            model.InputScale.AsMemory(), model.ColumnWeights.AsMemory(), model.InterWeights.AsMemory(), model.Topology.ToAdjacency(), model.ConnectionUsage.AsMemory(), model.AverageRate.AsMemory(),
            model.HiddenWeights.AsMemory(), model.HiddenBias.AsMemory(), model.OutputWeights.AsMemory(), model.OutputBias.AsMemory(),
        ];
        writer.Entry(Weights, stream => SafeTensors.Write(stream, [.. Shapes(model.Options, model.Input.Inputs, model.Classes).Zip(arrays, (s, values) => (s.Name, s.Shape, values))]));
    }

    /// <exception cref="InvalidDataException">The model is damaged.</exception>
    public static SpikingModel Read(ModelReader reader)
    {
        SpikingNetworkOptions options = Read(reader, Options, SpikingJson.Default.SpikingNetworkOptions, check: options => options.Check());
        ModelOutline outline = Read(reader, Outline, SpikingJson.Default.ModelOutline, Check);
        InputShape column = outline.SpikeTrains
            ? InputShape.SpikeTrain(outline.InputDimensions[0], outline.InputDimensions[1])
            : InputShape.Intensities(outline.InputDimensions);
        InputShape input = options.Code.Shape(column)
            ?? throw new InvalidDataException($"The model is damaged: it names an input of dimensions [{string.Join(", ", outline.InputDimensions)}], and its code, {options.Code.GetType().Name}, needs [time, inputs].");
        if (options.ReceptiveField is { } field && (input.Image is not { } image || field.Fault(options.Columns, image) is not null))
            throw new InvalidDataException($"The model is damaged: its receptive fields do not fit an input of dimensions [{string.Join(", ", outline.InputDimensions)}].");
        var arrays = reader.Entry(Weights, stream => SafeTensors.Read(stream, Shapes(options, input.Inputs, outline.Classes)));
        return new SpikingModel
        {
            Options = options,
            Input = input,
            Classes = outline.Classes,
            Standardisation = outline.Standardisation,
            TargetRate = outline.TargetRate,
            InputScale = arrays["input_scale"],
            ColumnWeights = arrays["columns.weight"],
            InterWeights = arrays["inter_columns.weight"],
            Topology = Graph.FromAdjacency(options.Columns, arrays["inter_columns.topology"].AsSpan()),
            ConnectionUsage = arrays["inter_columns.usage"],
            AverageRate = arrays["columns.average_rate"],
            HiddenWeights = arrays["readout.hidden.weight"],
            HiddenBias = arrays["readout.hidden.bias"],
            OutputWeights = arrays["readout.output.weight"],
            OutputBias = arrays["readout.output.bias"],
            Training = Read(reader, Training, SpikingJson.Default.TrainingRecord),
            Provenance = Read(reader, Provenance, SpikingJson.Default.TrainingProvenance),
        };
    }

    private static (string Name, int[] Shape)[] Shapes(SpikingNetworkOptions options, int inputs, int classes)
    {
        int columns = options.Columns, neurons = options.NeuronsPerColumn, hidden = options.Readout.HiddenUnits;
        return
        [
            ("input_scale", [options.Code.InitialInputScale is null ? 0 : inputs]),
            ("columns.weight", [columns, neurons, inputs]),
            ("inter_columns.weight", [columns, columns]),
            ("inter_columns.topology", [columns, columns]),
            ("inter_columns.usage", [columns, columns]),
            ("columns.average_rate", [columns]),
            ("readout.hidden.weight", [hidden, columns * neurons]),
            ("readout.hidden.bias", [hidden]),
            ("readout.output.weight", [classes, options.Readout.OutputInputs(columns * neurons)]),
            ("readout.output.bias", [classes]),
        ];
    }

    private static void Write<T>(ModelWriter writer, string entry, T value, JsonTypeInfo<T> type)
        => writer.Entry(entry, stream => JsonSerializer.Serialize(stream, value, type));

    private static T Read<T>(ModelReader reader, string entry, JsonTypeInfo<T> type, Action<T>? check = null) => reader.Entry(entry, stream =>
    {
        T value = JsonSerializer.Deserialize(stream, type) ?? throw new InvalidDataException("it is empty.");
        check?.Invoke(value);
        return value;
    });

    private static void Check(ModelOutline outline)
    {
        if (outline.InputDimensions is not [> 0, ..] || outline.InputDimensions.Any(d => d <= 0) || outline.Classes < 0 || outline.SpikeTrains && outline.InputDimensions.Length != 2)
            throw new InvalidDataException("it names an input or classes that cannot be.");
    }
}
