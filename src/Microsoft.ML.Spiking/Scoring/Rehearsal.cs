using System.Collections.Immutable;

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
        var scorer = new SpikingScorer(Tiny(network));
        float[] logits = new float[Classes], columnRates = new float[network.Layers.Length];
        SampleBatch batch = new IntensityBatch(Ones(s_column.Features).AsMemory(), s_column.Features);
        scorer.Run(batch, rows: 1, logits, columnRates);
        scorer.Softmax(logits);
    }

    private static SpikingModel Tiny(SpikingNetwork network)
    {
        int hidden = Math.Min(network.Readout.HiddenUnits, HiddenUnits);
        SpikingNetwork tiny = network.EachLayer(layer => layer with { Columns = 1, NeuronsPerColumn = Neurons, ReceptiveField = null, Wiring = null }) with
        {
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
            Layers = [.. tiny.ColumnLayers.Select((layer, i) => Tiny(layer, i == 0 ? input.Inputs : Neurons))],
            HiddenWeights = Ones(hidden * tiny.ReadNeurons),
            HiddenBias = Ones(hidden),
            OutputWeights = Ones(Classes * tiny.Readout.OutputInputs(tiny.ReadNeurons)),
            OutputBias = Ones(Classes),
            Training = TrainingRecord.None,
            Provenance = TrainingProvenance.None,
        };
    }

    private static TrainedLayer Tiny(ColumnLayer layer, int inputs) => new()
    {
        Layer = layer,
        InputWeights = Ones(Neurons * inputs * layer.Delays.Length),
        InterWeights = Ones(1),
        Topology = new Graph(1, [false]),
        ConnectionUsage = Ones(1),
        AverageRate = Ones(1),
        TargetRate = 1,
    };

    private static ImmutableArray<float> Ones(int count) => [.. Enumerable.Repeat(1f, count)];
}
