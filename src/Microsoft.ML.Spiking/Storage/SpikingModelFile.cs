using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Spiking.Model;

namespace Microsoft.ML.Spiking.Storage;

/// <summary>A <see cref="SpikingModel"/> as entries of a model.zip.</summary>
/// <remarks>
/// *** Binary format ***
/// Network.json        SpikingNetwork; what an older version left out is as by default
/// Outline.json        ModelOutline
/// Training.json       TrainingRecord
/// Provenance.json     TrainingProvenance: time, device and versions, in which two equal runs differ
/// Weights.safetensors the arrays, in the order of <see cref="SpikingModelArrays"/>
/// </remarks>
internal static class SpikingModelFile
{
    private const string Network = "Network.json", Outline = "Outline.json", Training = "Training.json", Provenance = "Provenance.json",
        Weights = "Weights.safetensors";

    // Before the first release a model had its training's options instead of a network.
    private const string BeforeNetworks = "Options.json";

    public static void Write(ModelWriter writer, SpikingModel model)
    {
        Write(writer, Network, model.Network, SpikingJson.Default.SpikingNetwork);
        Write(writer, Outline, ModelOutline.Of(model), SpikingJson.Default.ModelOutline);
        Write(writer, Training, model.Training, SpikingJson.Default.TrainingRecord);
        Write(writer, Provenance, model.Provenance, SpikingJson.Default.TrainingProvenance);
        writer.Entry(Weights, stream => SafeTensors.Write(stream, SpikingModelArrays.Of(model)));
    }

    /// <param name="reader">Where to read.</param>
    /// <param name="known">Is told the network once it is known, before the weights are unpacked.</param>
    /// <exception cref="InvalidDataException">The model is damaged.</exception>
    public static SpikingModel Read(ModelReader reader, Action<SpikingNetwork> known)
    {
        if (reader.Has(BeforeNetworks))
            throw Trouble.Model.InvalidData(
                "The model was saved by a version from before the first release, whose format this one does not read; train it anew, or load it with the "
                    + "version that saved it.");
        SpikingNetwork network = Read(reader, Network, () => SpikingJson.Default.SpikingNetwork, json => StoredRecords.Network(json), Check);
        known(network);
        ModelOutline outline = Read(reader, Outline, () => SpikingJson.Default.ModelOutline, json => StoredRecords.Outline(json), read => Check(read, network));
        string dimensions = string.Join(", ", outline.InputDimensions);
        InputShape column = outline.SpikeTrains
            ? InputShape.SpikeTrain(outline.InputDimensions[0], outline.InputDimensions[1])
            : InputShape.Intensities(outline.InputDimensions);
        InputShape input = network.ChosenCode.Shape(column)
            ?? throw Damaged($"it names an input of dimensions [{dimensions}], and its code, {network.ChosenCode.GetType().Name}, needs [time, inputs].");
        ColumnLayer first = network.ColumnLayers[0];
        if (first.ReceptiveField is { } field && (input.Image is not { } image || field.Fault(first.Columns, image) is not null))
            throw Damaged($"its receptive fields do not fit an input of dimensions [{dimensions}].");
        if (ModelSize.Fault(network, input, outline.Classes, copies: 1, ModelSize.Memory) is { } fault)
            throw Trouble.Model.InvalidData($"The model cannot be held: {fault}");
        var arrays = reader.Entry(Weights, stream => SafeTensors.Read(stream, SpikingModelArrays.Shapes(network, input, outline.Classes, outline.Scales)));
        SpikingModel model = SpikingModelArrays.Model(network, input, outline, arrays);
        model.Standardisation.Check();
        return model with
        {
            Training = Read(reader, Training, () => SpikingJson.Default.TrainingRecord, json => StoredRecords.Training(json)),
            Provenance = Read(reader, Provenance, () => SpikingJson.Default.TrainingProvenance, json => StoredRecords.Provenance(json)),
        };
    }

    private static InvalidDataException Damaged(string how) => Trouble.Model.InvalidData($"The model is damaged: {how}");

    private static void Write<T>(ModelWriter writer, string entry, T value, JsonTypeInfo<T> type)
        => writer.Entry(entry, stream => JsonSerializer.Serialize(stream, value, type));

    private static T Read<T>(ModelReader reader, string entry, Func<JsonTypeInfo<T>> type, Func<byte[], T?> quickly, Action<T>? check = null) where T : class
        => reader.Entry(entry, stream =>
        {
            byte[] json = Bytes(stream);
            T value = quickly(json) ?? StoredJson.Read(json, type());
            check?.Invoke(value);
            return value;
        });

    private static void Check(SpikingNetwork network)
    {
        network.Check();
        if (network.Code is null) throw new InvalidDataException("it names no code.");
    }

    private static byte[] Bytes(Stream stream)
    {
        var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static void Check(ModelOutline outline, SpikingNetwork network)
    {
        outline.Columns.Check();
        if (outline.TargetRates.Length != network.Layers.Length)
            throw new InvalidDataException($"it names the target rates of {outline.TargetRates.Length} layers instead of {network.Layers.Length}.");
        // No Int128, nor Linq of numbers: both are compiled when they run, and so would take longer than the rest of the check.
        double features = 1;
        foreach (int d in outline.InputDimensions) features *= Math.Max(d, 0);
        if (outline.InputDimensions.Length == 0 || features == 0 || outline.Classes < 0 || outline.SpikeTrains && outline.InputDimensions.Length != 2)
            throw new InvalidDataException("it names an input or classes that cannot be.");
        if (features > Array.MaxLength / ModelSize.RowsAtOnce)
            throw new InvalidDataException($"it names an input of dimensions [{string.Join(", ", outline.InputDimensions)}], more than can be read.");
        if (!(outline.Temperature > 0 && float.IsFinite(outline.Temperature)))
            throw new InvalidDataException($"it names a temperature of {outline.Temperature}, but that must be greater than 0.");
        if (outline.Scales != 1 && outline.Scales != outline.InputDimensions[^1])
            throw new InvalidDataException($"it names scales of {outline.Scales} inputs instead of 1 or {outline.InputDimensions[^1]}.");
        if (outline.FeatureNames is { } names
            && (names.Length != features || !SlotNames.AreTelling(names)))
            throw new InvalidDataException("it does not name each feature by a name of its own.");
    }
}
