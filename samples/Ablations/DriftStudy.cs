namespace Microsoft.ML.Spiking.Samples.Ablations;

/// <summary>
/// Networks that go on working while what they see drifts away from what they were trained on: as they are, adapted without labels by the homeostasis of their
/// neurons or of their columns alone, and, as the simple way out, with all pixels brought back to the mean of training.
/// </summary>
/// <remarks>They adapt to 1,000 rows that are neither trained on nor tested.</remarks>
internal sealed class DriftStudy(IDataView training, IDataView test, int seeds, CancellationToken cancel)
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly Pictures _training = Pictures.Of(training, 0, 6000), _unlabelled = Pictures.Of(training, 50_000, 1000), _test = Pictures.Of(test, 0, 2000);

    /// <summary>Columns that see a patch each, so that each has a light of its own.</summary>
    public static SpikingNetworkOptions Options { get; } = new()
    {
        Network = new SpikingNetwork
        {
            Code = new DirectCode { Gain = 1 },
            Layers = [new ColumnLayer { Columns = 16, NeuronsPerColumn = 32, ReceptiveField = new ReceptiveField { Height = 14, Width = 14 } }],
            Readout = new Readout { HiddenUnits = 128 },
        },
        Epochs = 4,
        BatchSize = 64,
    };

    /// <returns>A Markdown section with a table.</returns>
    public string Run()
    {
        var found = Drift.All.ToDictionary(drift => drift, _ => new List<double[]>());
        for (int seed = 1; seed <= seeds; seed++)
        {
            SpikingNetworkTransformer network = _ml.MulticlassClassification.Trainers.SpikingNetwork(Options with { Seed = seed, CancellationToken = cancel })
                .Fit(_training.Rows(_ml));
            foreach (Drift drift in Drift.All) found[drift].Add(Measure(network, drift.Change));
        }
        var table = new MeasureTable("Drift", "what happens", "as trained, %", "each neuron adapted, %", "gain, points", "columns adapted, %", "all pixels rescaled, %");
        foreach (Drift drift in Drift.All) table.Add(drift.Name, found[drift], "F2", "F2", "+0.00;-0.00;0.00", "F2", "F2");
        return table.ToString();
    }

    private double[] Measure(SpikingNetworkTransformer network, Func<float[], Random, float[]> change)
    {
        IDataView unlabelled = _unlabelled.Rows(_ml, change);
        SpikingNetworkTransformer adapted = network.Adapt(unlabelled, usual: _training.Rows(_ml)), ofColumns = network.Adapt(unlabelled);
        float rescale = (float)(_training.Brightness() / _unlabelled.Brightness(change));
        IDataView seen = _test.Rows(_ml, change), rescaled = _test.Rows(_ml, (pixels, noise) => [.. change(pixels, noise).Select(pixel => rescale * pixel)]);
        double asTrained = Accuracy(network, seen), healed = Accuracy(adapted, seen);
        return [asTrained, healed, healed - asTrained, Accuracy(ofColumns, seen), Accuracy(network, rescaled)];
    }

    private double Accuracy(SpikingNetworkTransformer network, IDataView rows) => 100 * _ml.MulticlassClassification.Evaluate(network.Transform(rows)).MicroAccuracy;
}
