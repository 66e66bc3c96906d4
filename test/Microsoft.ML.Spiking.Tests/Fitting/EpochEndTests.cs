namespace Microsoft.ML.Spiking.Tests.Fitting;

/// <summary>What an epoch leaves in the history, of graphs and rates that are known.</summary>
[TestClass]
public sealed class EpochEndTests
{
    // Of three columns all joined to each other, and of four of which two are.
    private static readonly float[] s_whole = [0, 1, 1, 1, 0, 1, 1, 1, 0], s_pair = [0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private static readonly SpikingNetwork s_network = Toy.Options.Network with
    {
        Layers = [.. new[] { 3, 4 }.Select(columns => Toy.Options.Network.ColumnLayers[0] with { Columns = columns })],
    };

    [TestMethod]
    public void Graphs_are_measured_on_the_mean_of_the_layers()
    {
        using var training = new IdleTraining { Topologies = [s_whole, s_pair] };

        EpochRecord record = Record(training, rates: [0.1]);

        Assert.AreEqual((6 / 9d + 2 / 16d) / 2, record.ConnectionDensity, 1e-12);
        Assert.AreEqual(0.5, record.Clustering, 1e-12, "1 and 0");
        Assert.AreEqual(1, record.PathLength!.Value, 1e-12);
        Assert.AreEqual(0.25, record.StdpShare);
        Assert.AreEqual((2, 0.5, 0.75, 0.875, 0.0625), (record.Epoch, record.Loss, record.Accuracy, record.ValidationAccuracy, record.LearningRate));
    }

    [TestMethod]
    public void Without_a_connection_there_is_no_path()
    {
        using var training = new IdleTraining { Topologies = [new float[9], s_pair] };

        Assert.IsNull(Record(training, rates: [0.1]).PathLength);
    }

    [TestMethod]
    public void It_counts_the_changes_since_the_epoch_before()
    {
        using var training = new IdleTraining { Topologies = [s_whole, s_pair] };
        training.Changes.AddRange(new[] { Formed, Pruned, Formed, Pruned, Pruned, Formed }.Select((kind, i) => new StructuralChange(i + 1, 0, 1, kind, default, 0, 0, 0)));

        EpochRecord record = Record(training, rates: [0.1], earlier: new EpochRecord(1, 0, 0, null, 0, 0, 0) { Formed = 1, Pruned = 1 });

        Assert.AreEqual((2, 2), (record.Formed, record.Pruned));
        Assert.AreEqual((3, 3), Record(training, rates: [0.1]) is var all ? (all.Formed, all.Pruned) : default);
    }

    [TestMethod]
    public void A_column_at_the_limit_is_neither_dead_nor_saturated()
    {
        using var training = new IdleTraining { Topologies = [s_whole, s_pair] };

        EpochRecord record = Record(training, rates: [0, 0.0009, 0.001, 0.5, 0.9, 0.91, 1]);

        Assert.AreEqual((2, 2), (record.DeadColumns, record.SaturatedColumns));
    }

    private const StructuralChangeKind Formed = StructuralChangeKind.Formed, Pruned = StructuralChangeKind.Pruned;

    private static EpochRecord Record(IdleTraining training, double[] rates, EpochRecord? earlier = null)
    {
        var state = new TrainingState(training, new EpochMetrics(training, columns: 7) { LearningRate = 0.0625 });
        if (earlier is not null) state.History.Add(earlier);
        return EpochEnd.Record(s_network, state, epoch: 2, new EpochMeans(0.5, 0.75, 0.125, Rows: 8, rates), accuracy: 0.875);
    }
}
