using System.Collections.Immutable;
using Microsoft.ML.Spiking.Architecture;

namespace Microsoft.ML.Spiking.Scoring;

/// <summary>Compiles what scores a network while its weights are still being unpacked, on another thread: it scores a tiny one of its kind.</summary>
/// <remarks>
/// Kernels for the machine's own vectors, and all that is generic over numbers, are compiled when they first run, which takes longer than to read the model of
/// a default network. The first prediction finds them there, or waits for no more than what is left. Nothing depends on it but time.
/// </remarks>
internal static class Rehearsal
{
    private const int Classes = 2, Neurons = 2, HiddenUnits = 1;

    // What is an image to most codes, and to others some steps of some inputs.
    private static readonly InputShape s_column = InputShape.Intensities(4, 2);

    /// <summary>Starts it where there is a second processor.</summary>
    public static void Start(SpikingNetwork network)
    {
        if (Environment.ProcessorCount > 1) _ = Task.Run(() => Run(network));
    }

    /// <summary>Scores a tiny network with the layers' neurons, the code and the readout of another.</summary>
    public static void Run(SpikingNetwork network)
    {
        SpikingModel tiny = Tiny(network);
        var scorer = new SpikingScorer(tiny);
        float[] logits = new float[Classes], columnRates = new float[tiny.Network.AllColumns];
        SampleBatch batch = new IntensityBatch(Ones(s_column.Features).AsMemory(), s_column.Features);
        scorer.Run(batch, rows: 1, logits, columnRates);
        scorer.Softmax(logits);
    }

    private static SpikingModel Tiny(SpikingNetwork network)
    {
        int hidden = Math.Min(network.Readout.HiddenUnits, HiddenUnits);
        SpikingNetwork tiny = network with
        {
            Layers = [.. network.Layers.Select(Tiny)],
            Readout = network.Readout with { HiddenUnits = hidden },
        };
        InputShape input = tiny.ChosenCode.Shape(s_column)!;
        return new SpikingModel
        {
            Network = tiny,
            Input = input,
            Classes = Classes,
            Standardisation = Standardisation.None,
            InputScale = Ones(tiny.ChosenCode.InitialInputScale is null ? 0 : input.Inputs),
            Layers = [.. tiny.Layers.Zip(tiny.ShapesOf(input), Tiny)],
            HiddenWeights = Ones(hidden * tiny.ReadoutInputs(input)),
            HiddenBias = Ones(hidden),
            OutputWeights = Ones(Classes * tiny.Readout.OutputInputs(tiny.ReadoutInputs(input))),
            OutputBias = Ones(Classes),
            AttentionWeights = Ones(tiny.Readout.Attends ? tiny.ReadoutInputs(input) : 0),
            Training = TrainingRecord.None,
            Provenance = TrainingProvenance.None,
        };
    }

    private static Layer Tiny(Layer layer) => layer switch
    {
        ColumnLayer columns => columns with
        {
            Columns = 1, NeuronsPerColumn = Neurons, ReceptiveField = null, Wiring = null, Recurrence = columns.Recurrence is null ? null : new Recurrence(),
        },
        ConvolutionLayer maps => maps with { Channels = 1, KernelHeight = 1, KernelWidth = 1 },
        _ => throw new NotSupportedException($"{layer.GetType().Name} has no tiny form."),
    };

    private static TrainedLayer Tiny(Layer layer, LayerShape shape) => new()
    {
        Layer = layer,
        InputWeights = Ones(layer.WeightShape(shape).Aggregate(1, (product, length) => product * length)),
        RecurrentWeights = Ones(layer is ColumnLayer { Recurrence: not null } ? Neurons * Neurons : 0),
        RecurrentTopology = layer is ColumnLayer { Recurrence: not null } ? Graph.FromAdjacency(1, [1]) : Graph.None,
        InterWeights = Ones(layer.Nodes * layer.Nodes),
        Topology = Graph.FromAdjacency(layer.Nodes, new float[layer.Nodes * layer.Nodes]),
        ConnectionUsage = Ones(layer.Nodes * layer.Nodes),
        AverageRate = Ones(layer.Groups),
        TargetRate = 1,
    };

    private static ImmutableArray<float> Ones(int count) => [.. Enumerable.Repeat(1f, count)];
}
