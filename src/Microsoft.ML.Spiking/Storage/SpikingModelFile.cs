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
/// Classes.json        StoredClasses; of a multiclass network whose label has key values
/// Training.json       TrainingRecord
/// Provenance.json     TrainingProvenance: time, device and versions, in which two equal runs differ
/// Weights.safetensors the arrays, in the order of <see cref="SpikingModelArrays"/>
/// SHA256SUMS          of each of these, and of what we write into Model.key (<see cref="EntryDigests"/>)
/// </remarks>
internal static class SpikingModelFile
{
    private const string Network = "Network.json", Outline = "Outline.json", Classes = "Classes.json", Training = "Training.json",
        Provenance = "Provenance.json", Weights = "Weights.safetensors";

    // Bytes that an entry may have: JSON takes some twenty times as many in memory. An epoch has 400, and a connection that is formed or pruned 250.
    private const int MostOfNetwork = 1 << 18, MostOfNames = 1 << 23, MostOfProvenance = 1 << 14, MostOfTraining = 1 << 28;

    // What is learnt is of the order of 1. Sums of a million products of such numbers are still finite.
    private const float Largest = 1e12f;

    // Means of many numbers may exceed 1 in their last digits.
    private const float Whole = 1.0001f;

    public static void Write(ModelWriter writer, SpikingModel model)
    {
        WriteRecords(writer.Entry, model);
        writer.Entry(Weights, stream => SafeTensors.Write(stream, SpikingModelArrays.Of(model)));
    }

    /// <summary>Writes all but the arrays.</summary>
    /// <param name="entry">Writes an entry of a name.</param>
    /// <param name="model">The model.</param>
    public static void WriteRecords(Action<string, Action<Stream>> entry, SpikingModel model)
    {
        Write(entry, Network, model.Network, SpikingJson.Default.SpikingNetwork);
        Write(entry, Outline, ModelOutline.Of(model), SpikingJson.Default.ModelOutline);
        Write(entry, Training, model.Training, SpikingJson.Default.TrainingRecord);
        Write(entry, Provenance, model.Provenance, SpikingJson.Default.TrainingProvenance);
    }

    /// <param name="reader">Where to read.</param>
    /// <param name="known">Is told the network once it is known, before the weights are unpacked.</param>
    /// <exception cref="InvalidDataException">The model is damaged.</exception>
    public static SpikingModel Read(ModelReader reader, Action<SpikingNetwork> known)
        => Read(reader, known, (shapes, checking) => reader.Entry(Weights, long.MaxValue, stream => checking(SafeTensors.Read(stream, shapes))));

    /// <summary>Reads a model whose arrays are no entry.</summary>
    /// <param name="reader">Where to read all but the arrays.</param>
    /// <param name="known">Is told the network once it is known, before the arrays are read.</param>
    /// <param name="arrays">Reads the arrays of these shapes, and sends them through the check of their numbers.</param>
    /// <exception cref="InvalidDataException">The model is damaged.</exception>
    public static SpikingModel Read(IModelEntries reader, Action<SpikingNetwork> known,
        Func<(string Name, int[] Shape)[], Func<Dictionary<string, float[]>, Dictionary<string, float[]>>, Dictionary<string, float[]>> arrays)
    {
        SpikingNetwork network = Read(reader, Network, MostOfNetwork, () => SpikingJson.Default.SpikingNetwork, json => StoredRecords.Network(json), Check);
        known(network);
        ModelOutline outline = Read(
            reader, Outline, MostOfNames, () => SpikingJson.Default.ModelOutline, json => StoredRecords.Outline(json), read => Check(read, network));
        string dimensions = string.Join(", ", outline.InputDimensions);
        InputShape column = outline.SpikeTrains
            ? InputShape.SpikeTrain(outline.InputDimensions[0], outline.InputDimensions[1])
            : InputShape.Intensities(outline.InputDimensions);
        InputShape input = network.ChosenCode.Shape(column)
            ?? throw Damaged($"it names an input of dimensions [{dimensions}], and its code, {network.ChosenCode.GetType().Name}, needs [time, inputs].");
        if (network.Misfit(input) is { } misfit) throw Damaged(misfit);
        if (network.Layers[0] is ColumnLayer { ReceptiveField: { } field } first
            && (input.Image is not { } image || field.Fault(first.Columns, image) is not null))
            throw Damaged($"its receptive fields do not fit an input of dimensions [{dimensions}].");
        if (ModelSize.Fault(network, input, outline.Classes, copies: 1, ModelSize.Memory) is { } fault)
            throw Trouble.Model.InvalidData($"The model cannot be held: {fault}");
        var shapes = SpikingModelArrays.Shapes(network, input, outline.Classes, outline.Scales);
        Dictionary<string, float[]> learnt = arrays(shapes, read => Checked(network, shapes, read));
        return SpikingModelArrays.Model(network, input, outline, learnt) with
        {
            Training = Read(reader, Training, MostOfTraining, () => SpikingJson.Default.TrainingRecord, json => StoredRecords.Training(json), Check),
            Provenance = Read(reader, Provenance, MostOfProvenance, () => SpikingJson.Default.TrainingProvenance, json => StoredRecords.Provenance(json)),
        };
    }

    /// <summary>Arrays whose numbers are such as can be learnt.</summary>
    /// <param name="network">The network.</param>
    /// <param name="shapes">Its arrays.</param>
    /// <param name="read">Their numbers.</param>
    /// <exception cref="InvalidDataException">A number cannot be.</exception>
    public static Dictionary<string, float[]> Checked(SpikingNetwork network, (string Name, int[] Shape)[] shapes, Dictionary<string, float[]> read)
    {
        foreach (var (name, shape) in shapes) Check(name, shape, read[name]);
        for (int i = 0; i < network.Layers.Length; i++)
            if (network.Layers[i] is ColumnLayer { Recurrence: not null } columns)
                CheckPairs(columns, read[SpikingModelArrays.Name(i, SpikingModelArrays.RecurrentTopology)]);
        return read;
    }

    /// <summary>Writes what the classes stand for.</summary>
    /// <param name="entry">Writes an entry of a name.</param>
    /// <param name="labels">The label's key values.</param>
    public static void Write(Action<string, Action<Stream>> entry, LabelValues labels)
        => Write(entry, Classes, new StoredClasses(labels.Kind, labels.Stored), SpikingJson.Default.StoredClasses);

    /// <summary>What the classes stand for; null where the label had no key values.</summary>
    /// <exception cref="InvalidDataException">The entry is damaged, or there are other classes than those of the network.</exception>
    public static LabelValues? ReadClasses(IModelEntries reader, int classes)
    {
        if (!reader.Has(Classes)) return null;
        LabelValues? labels = null;
        Read(reader, Classes, MostOfNames, () => SpikingJson.Default.StoredClasses, json => StoredRecords.Classes(json), stored =>
        {
            if (stored.Values.Length != classes)
                throw new InvalidDataException($"it names {stored.Values.Length} classes, but the network tells {classes} apart.");
            labels = LabelValues.OfStored(stored.Kind, stored.Values);
        });
        return labels;
    }

    private static InvalidDataException Damaged(string how) => Trouble.Model.InvalidData($"The model is damaged: {how}");

    private static void Write<T>(Action<string, Action<Stream>> entry, string name, T value, JsonTypeInfo<T> type)
        => entry(name, stream => JsonSerializer.Serialize(stream, value, type));

    private static T Read<T>(
        IModelEntries reader, string entry, int most, Func<JsonTypeInfo<T>> type, Func<byte[], T?> quickly, Action<T>? check = null) where T : class
        => reader.Entry(entry, most, stream =>
        {
            var json = new byte[stream.Length];
            stream.ReadExactly(json);
            T value = quickly(json) ?? StoredJson.Read(json, type());
            check?.Invoke(value);
            return value;
        });

    private static void Check(SpikingNetwork network)
    {
        Possible(network.Check);
        if (network.Code is null) throw new InvalidDataException("it names no code.");
    }

    /// <summary>What options are held to is what a model is held to.</summary>
    /// <exception cref="InvalidDataException">They ask for what cannot be.</exception>
    public static void Possible(Action check)
    {
        try
        {
            check();
        }
        catch (ArgumentException impossible) when (Trouble.Options.Is(impossible))
        {
            throw new InvalidDataException(impossible.Message, impossible);
        }
    }

    private static void Check(TrainingRecord training)
    {
        // The serialiser lets a list hold nothing.
        if (training.History.Contains(null!) || training.Journal.Contains(null!)) throw new InvalidDataException("its history or its journal has a gap.");
    }

    private static void Check(string name, int[] shape, float[] values)
    {
        var (lowest, highest) = name[(name.LastIndexOf('.') + 1)..] switch
        {
            "offset" => (float.MinValue, float.MaxValue),
            "unit" => (float.Epsilon, float.PositiveInfinity),   // of an input that never changed
            "topology" => (0, 1),
            "average_rate" => (0, Largest),   // each spike counts as much as the columns around it make it count
            "silent_share" or "saturated_share" => (0, Whole),
            _ => (-Largest, Largest),
        };
        SafeTensors.CheckNumbers(name, shape, values, lowest, highest);
    }

    private static void CheckPairs(ColumnLayer layer, float[] topology)
    {
        int pairs = topology.Length - topology.AsSpan().Count(0f);
        if (pairs != layer.RecurrentPairs)
            throw new InvalidDataException($"the neurons of {pairs} pairs of columns hear each other, but there are weights for {layer.RecurrentPairs}.");
    }

    private static void Check(ModelOutline outline, SpikingNetwork network)
    {
        Possible(outline.Columns.Check);
        for (int i = 0; i < outline.TargetRates.Length; i++)
            if (!(outline.TargetRates[i] >= 0 && outline.TargetRates[i] <= 1))
                throw new InvalidDataException($"its TargetRates[{i}] is {outline.TargetRates[i]}, but it must lie between 0 and 1.");
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
            throw new InvalidDataException($"it names a temperature of {Require.Said(outline.Temperature)}, but that must be greater than 0.");
        if (outline.BinWidth <= TimeSpan.Zero) throw new InvalidDataException($"it names time steps of {outline.BinWidth}, but they must be greater than 0.");
        if (outline.Scales != 1 && outline.Scales != outline.InputDimensions[^1])
            throw new InvalidDataException($"it names scales of {outline.Scales} inputs instead of 1 or {outline.InputDimensions[^1]}.");
        if (outline.FeatureNames is { } names
            && (names.Length != features || !SlotNames.AreTelling(names)))
            throw new InvalidDataException("it does not name each feature by a name of its own.");
    }
}
