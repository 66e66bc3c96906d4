namespace Microsoft.ML.Spiking.Samples.Ablations;

/// <summary>Which of two bursts came first, over a gap that default neurons do not remember across: which part of a network holds the first?</summary>
internal sealed class GapStudy(int seeds, CancellationToken cancel)
{
    private const int Shortest = 15, Longest = 35;

    private readonly MLContext _ml = new(seed: 1);

    private static ColumnLayer Plain { get; } = new() { Columns = 4, NeuronsPerColumn = 32, Wiring = new WattsStrogatz { Neighbours = 2 } };

    private static Readout Rates { get; } = new() { HiddenUnits = 64 };

    private static IReadOnlyList<(string Name, ColumnLayer Layer, Readout Readout)> Variants { get; } =
    [
        ("default neurons, membranes of 5 steps", Plain, Rates),
        ("the same, a readout of 4 windows", Plain, Rates with { Windows = 4 }),
        ("the same, a readout that forgets, time constant 20 steps", Plain, Rates with { TimeConstant = 20 }),
        ("the same, the maximum over time of membranes of 20 steps", Plain, Rates with { Windows = 60, Pooling = WindowPooling.Maximum, TimeConstant = 20 }),
        ("the same, attention over 12 windows, time constant 20 steps", Plain, Rates with { Windows = 12, Pooling = WindowPooling.Attention, TimeConstant = 20 }),
        ("slow neurons, membranes of 40 steps", Plain with { Excitatory = Lif(40, 2.5f), Inhibitory = Lif(40, 2) }, Rates),
        ("adaptive neurons of default strength, 40 steps", Plain with { Excitatory = Adaptive(1.8, 5, 2.5f), Inhibitory = Adaptive(1.8, 4, 2) }, Rates),
        ("adaptive neurons of strength 40, 40 steps", Plain with { Excitatory = Adaptive(40, 5, 2.5f), Inhibitory = Adaptive(40, 4, 2) }, Rates),
        ("columns drive each other, coupling 1", Plain with { Coupling = 1 }, Rates),
        ("neurons hear each other, recurrence", Plain with { Recurrence = new Recurrence() }, Rates),
        ("delays of 0, 10, 20, 30 and 40 steps", Plain with { Delays = [0, 10, 20, 30, 40] }, Rates),
    ];

    /// <returns>A Markdown section with a table.</returns>
    public string Run()
    {
        StudyTask task = Task(Plain, Rates);
        var table = new MeasureTable("Gap", "network", "test accuracy, %", "training, s");
        foreach (var (name, layer, readout) in Variants)
        {
            SpikingNetworkOptions options = Task(layer, readout).Options;
            table.Add(name, [.. Enumerable.Range(1, seeds).Select(seed =>
            {
                SpikingNetworkTransformer network = _ml.MulticlassClassification.Trainers.SpikingNetwork(options with { Seed = seed }).Fit(task.Training);
                return (double[])[100 * _ml.MulticlassClassification.Evaluate(network.Transform(task.Test)).MicroAccuracy,
                    network.Model.Provenance.Duration.TotalSeconds];
            })], "F1", "F1");
        }
        var perceptron = new Perceptron(task);
        double[][] best = ((double[])[3e-4, 1e-3, 3e-3])
            .Select(rate => Enumerable.Range(1, seeds).Select(seed => perceptron.Train(seed, rate)).Select(run => (double[])[100 * run.Accuracy, run.Seconds]).ToArray())
            .MaxBy(runs => runs.Average(run => run[0]))!;
        table.Add("a plain MLP of the same size, which sees the whole recording", best, "F1", "F1");
        return table.ToString();
    }

    private StudyTask Task(ColumnLayer layer, Readout readout) => new("Gap", Rows(600, seed: 1), Rows(2000, seed: 2), new SpikingNetworkOptions
    {
        Network = new SpikingNetwork { Layers = [layer], Readout = readout },
        Epochs = 20,
        BatchSize = 32,
        CancellationToken = cancel,
    });

    private IDataView Rows(int count, int seed)
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(OrderRecording.Make(count, seed, Shortest, Longest));
        return _ml.Transforms.Conversion.MapValueToKey("Label", nameof(OrderRecording.Class)).Fit(rows).Transform(rows);
    }

    private static LifNeuron Lif(double membrane, float threshold) => new() { MembraneTimeConstant = membrane, SynapseTimeConstant = 2, Threshold = threshold };

    private static AdaptiveLifNeuron Adaptive(double strength, double membrane, float threshold) => new()
    {
        MembraneTimeConstant = membrane, SynapseTimeConstant = 2, Threshold = threshold, AdaptationTimeConstant = 40, Adaptation = strength,
    };
}
