namespace Microsoft.ML.Spiking.Samples.Ablations;

/// <summary>
/// Networks that lose neurons or whole columns after training: as they are left, and once homeostasis, or STDP that goes on, have seen rows without labels.
/// </summary>
/// <remarks>They heal on rows that are neither trained on nor tested. A dead neuron's weights are 0, so that it never fires.</remarks>
internal sealed class LesionStudy(IDataView training, IDataView test, int seeds, CancellationToken cancel)
{
    private static readonly Lesion[] s_lesions =
    [
        new("a third of the neurons", Lost: 1 / 3.0, Columns: false), new("a third of the columns", Lost: 1 / 3.0, Columns: true),
        new("two thirds of the neurons", Lost: 2 / 3.0, Columns: false), new("half of the columns", Lost: 0.5, Columns: true),
    ];

    private static readonly (string Name, SpikingNetworkOptions Options)[] s_networks =
    [
        ("the default network", new() { Epochs = 4, BatchSize = 64 }),
        ("columns that see a patch each", DriftStudy.Options),
    ];

    private readonly MLContext _ml = new(seed: 1);
    private readonly Pictures _training = Pictures.Of(training, 0, 6000), _unlabelled = Pictures.Of(training, 50_000, 1000), _test = Pictures.Of(test, 0, 2000);

    /// <returns>Markdown sections with a table each.</returns>
    public string Run() => $"{OfNetworks()}\n{OfWinners()}";

    private MeasureTable OfNetworks()
    {
        var table = new MeasureTable("Lesions", "what is lost", "before, %", "as it is left, %", "columns adapted, %", "hidden units of the readout rescaled, %");
        foreach (var (name, options) in s_networks)
        {
            SpikingNetworkTransformer[] networks = [.. Enumerable.Range(1, seeds).Select(seed
                => _ml.MulticlassClassification.Trainers.SpikingNetwork(options with { Seed = seed, CancellationToken = cancel }).Fit(_training.Rows(_ml)))];
            foreach (Lesion lesion in s_lesions)
                table.Add($"{name}: {lesion.Name}", [.. networks.Select((network, i) => Measure(network, lesion, seed: i + 1))], "F2", "F2", "F2", "F2");
        }
        return table;
    }

    private MeasureTable OfWinners()
    {
        Pictures learnt = Pictures.Of(training, 0, 50_000), unseen = Pictures.Of(training, 50_000, 10_000), tested = Pictures.Of(test, 0, 10_000);
        Lesion[] lesions = [.. s_lesions.Where(lesion => !lesion.Columns)];
        Dictionary<Lesion, List<double[]>> found = lesions.ToDictionary(lesion => lesion, _ => new List<double[]>());
        for (int seed = 1; seed <= seeds; seed++)
        {
            WinnerTakeAllTransformer whole = _ml.MulticlassClassification.Trainers.WinnerTakeAll(new WinnerTakeAllOptions { Seed = seed, CancellationToken = cancel })
                .Fit(learnt.Rows(_ml));
            foreach (Lesion lesion in lesions)
            {
                WinnerTakeAllTransformer left = lesion.Of(_ml, whole, seed);
                double asLeft = Accuracy(left, tested), healed = Accuracy(left.GoOn(unseen.Rows(_ml)), tested);
                found[lesion].Add([Accuracy(whole, tested), asLeft, healed, healed - asLeft]);
            }
        }
        var table = new MeasureTable("Lesions of a winner-take-all layer", "what is lost", "before, %", "as it is left, %", "STDP goes on without labels, %", "gain, points");
        foreach (Lesion lesion in lesions) table.Add(lesion.Name, found[lesion], "F2", "F2", "F2", "+0.00;-0.00;0.00");
        return table;
    }

    private double[] Measure(SpikingNetworkTransformer network, Lesion lesion, int seed)
    {
        IDataView unlabelled = _unlabelled.Rows(_ml);
        SpikingNetworkTransformer left = lesion.Of(_ml, network, seed), rescaled = HiddenUnits.Rescaled(_ml, left, healthy: network, unlabelled);
        return [Accuracy(network, _test), Accuracy(left, _test), Accuracy(left.Adapt(unlabelled), _test), Accuracy(rescaled, _test)];
    }

    private double Accuracy(ITransformer network, Pictures rows) => 100 * _ml.MulticlassClassification.Evaluate(network.Transform(rows.Rows(_ml))).MicroAccuracy;
}
