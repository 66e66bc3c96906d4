using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Spiking.Model;
using Microsoft.ML.Spiking.Storage;

namespace Microsoft.ML.Spiking.Competition;

/// <summary>A <see cref="WinnerTakeAllModel"/> as entries of a model.zip.</summary>
/// <remarks>
/// *** Binary format ***
/// Layer.json          WinnerTakeAllOutline; what an older version left out is as by default
/// Classes.json        StoredClasses; of a label that has key values
/// Weights.safetensors the arrays, in the order of <see cref="Shapes"/>; without classes, none of those that speak of classes
/// SHA256SUMS          of each of these, and of what we write into Model.key
/// </remarks>
internal static class WinnerTakeAllFile
{
    private const string Layer = "Layer.json", Weights = "Weights.safetensors";

    private const int MostOfLayer = 1 << 23;

    private const float Largest = 1e12f, Whole = 1.0001f;

    public static void Write(ModelWriter writer, WinnerTakeAllModel model)
    {
        writer.Entry(Layer, stream => JsonSerializer.Serialize(stream, WinnerTakeAllOutline.Of(model), CompetitionJson.Default.WinnerTakeAllOutline));
        ReadOnlyMemory<float>[] arrays =   // without classes the last two are not among the shapes
        [
            model.Standardisation.Offset.AsMemory(), model.Standardisation.Unit.AsMemory(), model.Weights.AsMemory(), model.Thresholds.AsMemory(),
            model.ClassSpikes.AsMemory(), model.ClassShares.AsMemory(),
        ];
        var shapes = Shapes(model.Network.Neurons, model.Input.Features, model.Classes, model.Standardisation.Offset.Length);
        writer.Entry(Weights, stream => SafeTensors.Write(stream, [.. shapes.Zip(arrays, (shape, values) => (shape.Name, shape.Shape, values))]));
    }

    /// <param name="reader">Where to read.</param>
    /// <param name="classes">Whether its neurons speak for classes.</param>
    /// <exception cref="InvalidDataException">The model is damaged.</exception>
    public static WinnerTakeAllModel Read(ModelReader reader, bool classes)
    {
        WinnerTakeAllOutline outline = reader.Entry(Layer, MostOfLayer, stream =>
        {
            var json = new byte[stream.Length];
            stream.ReadExactly(json);
            WinnerTakeAllOutline read = StoredJson.Read(json, CompetitionJson.Default.WinnerTakeAllOutline);
            Check(read, classes);
            return read;
        });
        InputShape input = InputShape.Intensities(outline.InputDimensions);
        if (Fault(outline.Network, input.Features, outline.Classes) is { } fault) throw Trouble.Model.InvalidData($"The model cannot be held: {fault}");
        var shapes = Shapes(outline.Network.Neurons, input.Features, outline.Classes, outline.Scales);
        Dictionary<string, float[]> arrays = reader.Entry(Weights, long.MaxValue, stream =>
        {
            Dictionary<string, float[]> read = SafeTensors.Read(stream, [.. shapes.Select(shape => (shape.Name, shape.Shape))]);
            foreach (var (name, shape, lowest, highest) in shapes) SafeTensors.CheckNumbers(name, shape, read[name], lowest, highest);
            return read;
        });
        ImmutableArray<float> Array(int i) => ImmutableCollectionsMarshal.AsImmutableArray(arrays[shapes[i].Name]);
        return new WinnerTakeAllModel
        {
            Network = outline.Network,
            Learning = outline.Learning,
            Epochs = outline.Epochs,
            Seed = outline.Seed,
            Rows = outline.Rows,
            LabelledRows = outline.LabelledRows,
            Input = input,
            Classes = outline.Classes,
            FeatureNames = outline.FeatureNames is { } names ? [.. names] : [],
            Standardisation = new Standardisation(Array(0), Array(1)),
            Gain = outline.Gain,
            Weights = Array(2),
            Thresholds = Array(3),
            ClassSpikes = classes ? Array(4) : [],
            ClassShares = classes ? Array(5) : [],
            Names = outline.Columns,
        };
    }

    /// <summary>Why a layer cannot be held, and what to make smaller; null where it can.</summary>
    public static string? Fault(WinnerTakeAllNetwork network, int inputs, int classes)
    {
        double lanes = (double)CompetitiveLayer.PanelsOf(network.Neurons) * Kernels.Lanes.Panel;
        return ModelSize.Fault(
        [
            new($"{ModelSize.RowsAtOnce} rows", (double)ModelSize.RowsAtOnce * inputs, 1, $"the number of features, {inputs},"),
            new("the weights", lanes * inputs, 2, "Neurons or the number of features"),
            new("the currents of a row", lanes * network.TimeSteps, Environment.ProcessorCount, "Neurons or TimeSteps"),
            new("the spikes for each class", (double)network.Neurons * classes, 3, $"Neurons or the number of classes, {classes} by the label's type,"),
            new("the neurons' rates", (double)ModelSize.RowsAtOnce * network.Neurons, 1, "Neurons"),
            new("the scores", (double)ModelSize.RowsAtOnce * classes, 1, $"the number of classes, {classes} by the label's type,"),
        ], ModelSize.Memory);
    }

    /// <summary>Name, shape and range of each array, in the order in which they are stored.</summary>
    private static (string Name, int[] Shape, float Lowest, float Highest)[] Shapes(int neurons, int inputs, int classes, int scales) =>
    [
        ("standardisation.offset", [scales], float.MinValue, float.MaxValue),
        ("standardisation.unit", [scales], float.Epsilon, float.PositiveInfinity),   // of an input that never changed
        ("weight", [neurons, inputs], 0, 1),
        ("threshold", [neurons], 0, Largest),
        .. classes == 0 ? ((string, int[], float, float)[])[] :
        [
            ("class_spikes", [neurons, classes], 0, Largest),
            ("class_shares", [classes], 0, Whole),
        ],
    ];

    private static void Check(WinnerTakeAllOutline outline, bool classes)
    {
        SpikingModelFile.Possible(() =>
        {
            outline.Network.Check();
            outline.Learning.Check();
            outline.Columns.Check();
            if (classes) outline.Columns.CheckOutputs(binary: false);
        });
        double features = 1;
        foreach (int d in outline.InputDimensions) features *= Math.Max(d, 0);
        if (outline.InputDimensions.Length == 0 || features == 0 || (classes ? outline.Classes < 1 : outline.Classes != 0))
            throw new InvalidDataException("it names an input or classes that cannot be.");
        if (features > System.Array.MaxLength / ModelSize.RowsAtOnce)
            throw new InvalidDataException($"it names an input of dimensions [{string.Join(", ", outline.InputDimensions)}], more than can be read.");
        if (outline.Scales != 1 && outline.Scales != outline.InputDimensions[^1])
            throw new InvalidDataException($"it names scales of {outline.Scales} inputs instead of 1 or {outline.InputDimensions[^1]}.");
        if (!(outline.Gain > 0 && outline.Gain <= Largest))
            throw new InvalidDataException($"it names a gain of {outline.Gain}, but that must be greater than 0.");
        if (outline.FeatureNames is { } names && (names.Length != features || !SlotNames.AreTelling(names)))
            throw new InvalidDataException("it does not name each feature by a name of its own.");
    }
}
