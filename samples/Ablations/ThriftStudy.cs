namespace Microsoft.ML.Spiking.Samples.Ablations;

/// <summary>Accuracy against spikes and operations: networks with a budget of spikes, and without what saves or costs some.</summary>
internal sealed class ThriftStudy(IDataView training, IDataView test, int seeds, CancellationToken cancel)
{
    private static readonly double[] s_budgets = [200, 100, 50, 25];

    private readonly MLContext _ml = new(seed: 1);
    private readonly Pictures _training = Pictures.Of(training, 0, 6000), _test = Pictures.Of(test, 0, 4000);

    private static SpikingNetworkOptions Options { get; } = new() { Epochs = 4, BatchSize = 64 };

    /// <returns>A Markdown section with a table.</returns>
    public string Run()
    {
        var table = new MeasureTable("Thrift", "network", "test accuracy, %", "spikes a row", "synaptic operations a row");
        SpikingNetworkOptions without = Options with { Network = Options.Network.EachLayer(layer => layer with { Homeostasis = null }) };
        Add(table, "no homeostasis, no budget", without);
        Add(table, "the whole network: homeostasis, no budget", Options);
        foreach (double budget in s_budgets) Add(table, $"homeostasis and a budget of {budget} spikes", Options with { SpikeBudget = new SpikeBudget { SpikesPerRow = budget } });
        Add(table, $"a budget of {s_budgets[2]} spikes alone", without with { SpikeBudget = new SpikeBudget { SpikesPerRow = s_budgets[2] } });
        return table.ToString();
    }

    private void Add(MeasureTable table, string name, SpikingNetworkOptions options) => table.Add(name, [.. Enumerable.Range(1, seeds).Select(seed =>
    {
        SpikingNetworkTransformer network = _ml.MulticlassClassification.Trainers.SpikingNetwork(options with { Seed = seed, CancellationToken = cancel })
            .Fit(_training.Rows(_ml));
        IDataView rows = _test.Rows(_ml);
        (double spikes, double operations) = Costs.Of(network, rows);
        return (double[])[100 * _ml.MulticlassClassification.Evaluate(network.Transform(rows)).MicroAccuracy, spikes, operations];
    })], "F2", "F0", "F0");
}
