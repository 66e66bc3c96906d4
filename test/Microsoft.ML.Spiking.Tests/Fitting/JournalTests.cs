using System.Text.Json;

namespace Microsoft.ML.Spiking.Tests.Fitting;

[TestClass]
public class JournalTests
{
    private static readonly SpikingNetworkOptions s_lively = Toy.Options with
    {
        Network = Toy.Options.Network.EachLayer(layer => layer with
        {
            Columns = 8,
            Plasticity = new CorrelationStdp { LearningRate = 0.5 },
            StructuralPlasticity = new StructuralPlasticity { Interval = 3, GracePeriod = 1, FormationThreshold = 0, PruningThreshold = -1 },
        }),
        Batches = null,
        Epochs = 20,
    };

    private static readonly SpikingNetworkOptions s_reference = s_lively with
    {
        Network = s_lively.Network.EachLayer(layer => layer with
        {
            InterWeightDeviation = 0.15,
            Plasticity = SpikingNetworkOptions.Reference.Network.ColumnLayers[0].Plasticity,
            StructuralPlasticity = SpikingNetworkOptions.Reference.Network.ColumnLayers[0].StructuralPlasticity! with { Interval = 20 },
        }),
    };

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public void Replayed_on_the_initial_graph_the_journal_gives_the_models(int seed) => Replay(s_lively with { Seed = seed }, StructuralChangeKind.Formed, StructuralChangeKind.Pruned);

    [TestMethod]
    public void The_published_rule_is_journalled_too() => Replay(s_reference, StructuralChangeKind.Pruned);

    [TestMethod]
    public void Every_epoch_counts_its_own_changes_and_measures_its_graph()
    {
        SpikingModel model = Fit(s_lively);
        int batches = model.Training.Batches / model.Training.History.Count;
        foreach (EpochRecord epoch in model.Training.History)
        {
            var changes = model.Training.Journal.Where(change => (change.Batch - 1) / batches == epoch.Epoch - 1).ToLookup(change => change.Kind);
            Assert.AreEqual(changes[StructuralChangeKind.Formed].Count(), epoch.Formed);
            Assert.AreEqual(changes[StructuralChangeKind.Pruned].Count(), epoch.Pruned);
            Assert.IsTrue(epoch.StdpShare is > 0 and < 1, $"{epoch}");
        }
        EpochRecord last = model.Training.History[^1];
        Assert.AreEqual(model.Layers[0].Topology.ClusteringCoefficient(), last.Clustering);
        Assert.AreEqual(model.Layers[0].Topology.CharacteristicPathLength(), last.PathLength);
        Assert.AreEqual(model.Layers[0].Topology.Density, last.ConnectionDensity);
    }

    [TestMethod]
    public void Without_STDP_the_gradient_moves_all_and_without_connections_there_is_neither_path_nor_share()
    {
        Assert.AreEqual(0, Fit(Toy.Options with { Network = Toy.Options.Network.EachLayer(layer => layer with { Plasticity = null, StructuralPlasticity = null }) }).Training.History[0].StdpShare);
        EpochRecord alone = Fit(Toy.Options with { Network = Toy.Options.Network.EachLayer(layer => layer with { Wiring = new WattsStrogatz { Neighbours = 0 }, StructuralPlasticity = null }) }).Training.History[0];
        Assert.IsNull(alone.PathLength);
        Assert.IsNull(alone.StdpShare);
        Assert.AreEqual(0, alone.Clustering);
    }

    [TestMethod]
    public void Training_json_reads_back_what_it_wrote()
    {
        TrainingRecord written = Fit(s_lively).Training;
        string json = JsonSerializer.Serialize(written, SpikingJson.Default.TrainingRecord);
        TrainingRecord read = JsonSerializer.Deserialize(json, SpikingJson.Default.TrainingRecord)!;
        Assert.IsNotEmpty(read.Journal);
        CollectionAssert.AreEqual(written.Journal.ToArray(), read.Journal.ToArray());
        CollectionAssert.AreEqual(written.History.ToArray(), read.History.ToArray());
    }

    private static void Replay(SpikingNetworkOptions options, params StructuralChangeKind[] kinds)
    {
        SpikingModel model = Fit(options);
        float[] topology = options.Network.ColumnLayers[0].Wired.Generate(options.Network.ColumnLayers[0].Columns, model.Training.Seed).ToAdjacency();
        foreach (StructuralChange change in model.Training.Journal)
        {
            int pair = change.To * options.Network.ColumnLayers[0].Columns + change.From;
            Assert.AreEqual(change.Kind == StructuralChangeKind.Formed ? 0 : 1, topology[pair], $"{change}");
            Assert.AreEqual(0, change.Batch % options.Network.ColumnLayers[0].StructuralPlasticity!.Interval, $"{change}");
            topology[pair] = 1 - topology[pair];
        }
        CollectionAssert.AreEqual(model.Layers[0].Topology.ToAdjacency(), topology);
        foreach (StructuralChangeKind kind in kinds) Assert.IsTrue(model.Training.Journal.Any(change => change.Kind == kind), $"none was {kind}");
    }

    private static SpikingModel Fit(SpikingNetworkOptions options)
    {
        var ml = new MLContext(seed: 1);
        return ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(Toy.Data(ml)).Model;
    }
}
