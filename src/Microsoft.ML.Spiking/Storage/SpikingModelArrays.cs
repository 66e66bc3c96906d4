using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Microsoft.ML.Spiking.Architecture;

namespace Microsoft.ML.Spiking.Storage;

/// <summary>The arrays of a <see cref="SpikingModel"/> under the names that they are stored by.</summary>
internal static class SpikingModelArrays
{
    /// <summary>What the weights of a layer's inputs are called in it.</summary>
    public const string InputWeights = "input.weight";

    // Only of layers that have them: without, a model is stored as it was before there were any.
    private const string InputBiases = "input.bias";

    /// <summary>What the weights between a layer's neurons are called in it, where it has them.</summary>
    public const string RecurrentWeights = "recurrence.weight";

    /// <summary>What says which columns' neurons hear which columns'.</summary>
    public const string RecurrentTopology = "recurrence.topology";

    // Only where the readout attends to its windows.
    private const string AttentionWeights = "readout.attention.weight";

    /// <summary>Name and shape of each, in the order in which they are stored.</summary>
    /// <param name="network">The network.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="scales">Scales that features are standardised by.</param>
    public static (string Name, int[] Shape)[] Shapes(SpikingNetwork network, InputShape input, int classes, int scales)
    {
        int read = network.ReadoutInputs(input), hidden = network.Readout.HiddenUnits;
        (string, int[])[] shapes =
        [
            ("standardisation.offset", [scales]),
            ("standardisation.unit", [scales]),
            ("input_scale", [network.ChosenCode.InitialInputScale is null ? 0 : input.Inputs]),
        ];
        LayerShape[] layers = network.ShapesOf(input);
        for (int i = 0; i < layers.Length; i++) shapes = [.. shapes, .. Shapes(network.Layers[i], i, layers[i])];
        return
        [
            .. shapes,
            ("readout.hidden.weight", [hidden, read]),
            ("readout.hidden.bias", [hidden]),
            ("readout.output.weight", [classes, network.Readout.OutputInputs(read)]),
            ("readout.output.bias", [classes]),
            .. Attends(network, classes) ? [(AttentionWeights, [1, read])] : ((string, int[])[])[],
        ];
    }

    /// <summary>The name of an array of a layer.</summary>
    public static string Name(int layer, string array) => $"layers.{layer}.{array}";

    /// <summary>The arrays of a model, in that order.</summary>
    public static (string Name, int[] Shape, ReadOnlyMemory<float> Values)[] Of(SpikingModel model)
    {
        ReadOnlyMemory<float>[] arrays =
        [
            model.Standardisation.Offset.AsMemory(), model.Standardisation.Unit.AsMemory(), model.InputScale.AsMemory(),
            .. model.Layers.SelectMany(Of),
            model.HiddenWeights.AsMemory(), model.HiddenBias.AsMemory(), model.OutputWeights.AsMemory(), model.OutputBias.AsMemory(),
            .. Attends(model.Network, model.Classes) ? [model.AttentionWeights.AsMemory()] : (ReadOnlyMemory<float>[])[],
        ];
        var shapes = Shapes(model.Network, model.Input, model.Classes, model.Standardisation.Offset.Length);
        return [.. shapes.Zip(arrays, (s, values) => (s.Name, s.Shape, values))];
    }

    /// <summary>The model of such arrays, without a history yet.</summary>
    public static SpikingModel Model(SpikingNetwork network, InputShape input, ModelOutline outline, IReadOnlyDictionary<string, float[]> arrays)
        => new()
    {
        Network = network,
        Names = outline.Columns,
        Input = input,
        FeatureNames = [.. outline.FeatureNames ?? []],
        BinWidth = outline.BinWidth,
        Classes = outline.Classes,
        Standardisation = new Standardisation(Immutable(arrays, "standardisation.offset"), Immutable(arrays, "standardisation.unit")),
        Temperature = outline.Temperature,
        InputScale = Immutable(arrays, "input_scale"),
        Layers = [.. network.Layers.Select((layer, i) => Layer(layer, i, outline.TargetRates[i], arrays))],
        HiddenWeights = Immutable(arrays, "readout.hidden.weight"),
        HiddenBias = Immutable(arrays, "readout.hidden.bias"),
        OutputWeights = Immutable(arrays, "readout.output.weight"),
        OutputBias = Immutable(arrays, "readout.output.bias"),
        AttentionWeights = Attends(network, outline.Classes) ? Immutable(arrays, AttentionWeights) : [],
        Training = TrainingRecord.None,
        Provenance = TrainingProvenance.None,
    };

    /// <summary>Whether there is a readout, and it weighs its windows by what it has learnt.</summary>
    private static bool Attends(SpikingNetwork network, int classes) => classes > 0 && network.Readout.Attends;

    private static (string Name, int[] Shape)[] Shapes(Layer layer, int i, LayerShape shape)
    {
        int groups = layer.Groups, nodes = layer.Nodes;
        return
        [
            (Name(i, InputWeights), layer.WeightShape(shape)),
            .. layer.HasBiases ? [(Name(i, InputBiases), layer.BiasShape(shape))] : ((string, int[])[])[],
            .. layer is ColumnLayer { Recurrence: not null } columns
                ? [(Name(i, RecurrentWeights), [columns.RecurrentPairs, columns.NeuronsPerColumn, columns.NeuronsPerColumn]),
                    (Name(i, RecurrentTopology), [nodes, nodes])]
                : ((string, int[])[])[],
            (Name(i, "inter_columns.weight"), [nodes, nodes]),
            (Name(i, "inter_columns.topology"), [nodes, nodes]),
            (Name(i, "inter_columns.usage"), [nodes, nodes]),
            (Name(i, "average_rate"), [groups]),
            (Name(i, "silent_share"), [groups]),
            (Name(i, "saturated_share"), [groups]),
        ];
    }

    private static ReadOnlyMemory<float>[] Of(TrainedLayer layer) =>
    [
        layer.InputWeights.AsMemory(), .. layer.Layer.HasBiases ? [layer.Biases.AsMemory()] : (ReadOnlyMemory<float>[])[],
        .. layer.Layer is ColumnLayer { Recurrence: not null }
            ? [layer.RecurrentWeights.AsMemory(), layer.RecurrentTopology.ToAdjacency()] : (ReadOnlyMemory<float>[])[],
        layer.InterWeights.AsMemory(), layer.Topology.ToAdjacency(), layer.ConnectionUsage.AsMemory(),
        layer.AverageRate.AsMemory(), layer.SilentShare.AsMemory(), layer.SaturatedShare.AsMemory(),
    ];

    private static TrainedLayer Layer(Layer layer, int i, float targetRate, IReadOnlyDictionary<string, float[]> arrays) => new()
    {
        Layer = layer,
        InputWeights = Immutable(arrays, Name(i, SpikingModelArrays.InputWeights)),
        Biases = layer.HasBiases ? Immutable(arrays, Name(i, InputBiases)) : [],
        RecurrentWeights = layer is ColumnLayer { Recurrence: not null } ? Immutable(arrays, Name(i, SpikingModelArrays.RecurrentWeights)) : [],
        RecurrentTopology = layer is ColumnLayer { Recurrence: not null }
            ? Graph.FromAdjacency(layer.Nodes, arrays[Name(i, SpikingModelArrays.RecurrentTopology)]) : Graph.None,
        InterWeights = Immutable(arrays, Name(i, "inter_columns.weight")),
        Topology = Graph.FromAdjacency(layer.Nodes, arrays[Name(i, "inter_columns.topology")]),
        ConnectionUsage = Immutable(arrays, Name(i, "inter_columns.usage")),
        AverageRate = Immutable(arrays, Name(i, "average_rate")),
        SilentShare = Immutable(arrays, Name(i, "silent_share")),
        SaturatedShare = Immutable(arrays, Name(i, "saturated_share")),
        TargetRate = targetRate,
    };

    private static ImmutableArray<float> Immutable(IReadOnlyDictionary<string, float[]> arrays, string name)
        => ImmutableCollectionsMarshal.AsImmutableArray(arrays[name]);
}
