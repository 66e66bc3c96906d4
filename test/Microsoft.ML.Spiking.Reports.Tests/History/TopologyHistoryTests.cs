namespace Microsoft.ML.Spiking.Tests.History;

[TestClass]
public class TopologyHistoryTests
{
    private static readonly TopologyHistory s_trained = TopologyHistory.Of(Stripes.Model);

    [TestMethod]
    public void It_starts_with_the_graph_that_the_wiring_draws()
    {
        TopologyMoment start = s_trained.Moments[0];
        Assert.AreEqual(0, start.Batch);
        Assert.IsEmpty(start.Formed);
        Assert.IsEmpty(start.Pruned);
        Assert.AreEqual(8 * 4, start.Graph.Connections);   // n · k, both directions
        Assert.AreEqual(0.5, start.Density);
        Assert.AreEqual(4, start.MeanDegree);
        AssertSame(Stripes.Model.Network.ColumnLayers[0].Wired.Generate(8, seed: 1), start.Graph);
    }

    [TestMethod]
    public void It_ends_with_the_models_own_graph()
    {
        Assert.IsTrue(s_trained.IsComplete);
        AssertSame(Stripes.Model.Layers[0].Topology, s_trained.Moments[^1].Graph);
    }

    [TestMethod]
    public void Every_update_adds_what_formed_and_takes_what_was_pruned()
    {
        Assert.IsGreaterThan(2, s_trained.Moments.Count);
        for (int i = 1; i < s_trained.Moments.Count; i++)
        {
            TopologyMoment moment = s_trained.Moments[i];
            Assert.AreEqual(0, moment.Batch % 3);   // the interval
            Assert.AreEqual(s_trained.Moments[i - 1].Graph.Connections + moment.Formed.Count - moment.Pruned.Count, moment.Graph.Connections);
        }
        Assert.AreEqual(Stripes.Model.Training.Journal.Count, s_trained.Moments.Sum(moment => moment.Formed.Count + moment.Pruned.Count));
    }

    [TestMethod]
    public void A_diagonal_across_a_square_of_columns_is_measured_as_by_hand()
    {
        // 0-1-2-3-0, then 0 → 2 forms, then 1 → 0 goes, of which 0 → 1 stays.
        TopologyHistory square = TopologyHistory.Of(Square(Change(10, 0, 2, StructuralChangeKind.Formed), Change(20, 1, 0, StructuralChangeKind.Pruned)));
        CollectionAssert.AreEqual((int[])[0, 10, 20], square.Moments.Select(moment => moment.Batch).ToArray());
        CollectionAssert.AreEqual((int[])[8, 9, 8], square.Moments.Select(moment => moment.Graph.Connections).ToArray());
        Assert.AreEqual(0, square.Moments[0].Clustering);
        Assert.AreEqual(4 / 3.0, square.Moments[0].PathLength!.Value, 1e-12);   // 4 neighbours at 1, 2 opposites at 2
        foreach (TopologyMoment moment in square.Moments.Skip(1))
        {
            Assert.AreEqual(2.5, moment.MeanDegree);
            Assert.AreEqual(5 / 6.0, moment.Clustering, 1e-12);                 // 0 and 2: two of their three pairs; 1 and 3: their only one
            Assert.AreEqual(7 / 6.0, moment.PathLength!.Value, 1e-12);          // 5 pairs at 1, one at 2
        }
    }

    [TestMethod]
    public void Theory_goes_along_with_the_degree()
    {
        TopologyMoment moment = TopologyHistory.Of(Square(Change(10, 0, 2, StructuralChangeKind.Formed))).Moments[1];
        Assert.AreEqual(3 * 0.5 / (4 * 1.5), moment.Theory.LatticeClustering, 1e-12);
        Assert.AreEqual(2.5 / 4, moment.Theory.RandomClustering, 1e-12);
    }

    [TestMethod]
    public void Columns_without_connections_have_no_path_length()
    {
        SpikingModel alone = Square().With(trained => trained with
        {
            Layer = ((ColumnLayer)trained.Layer) with { Wiring = new WattsStrogatz { Neighbours = 0 } },
            Topology = Graph.FromAdjacency(4, new float[16]),
        });
        Assert.IsNull(TopologyHistory.Of(alone).Moments[0].PathLength);
    }

    [TestMethod]
    public void A_model_whose_journal_does_not_lead_to_its_graph_shows_that_graph_alone()
    {
        TopologyHistory unknown = TopologyHistory.Of(Stripes.Model with { Training = Stripes.Model.Training with { Journal = [] } });
        Assert.IsFalse(unknown.IsComplete);
        Assert.HasCount(1, unknown.Moments);
        Assert.AreEqual(Stripes.Model.Training.Batches, unknown.Moments[0].Batch);
        AssertSame(Stripes.Model.Layers[0].Topology, unknown.Moments[0].Graph);
    }

    /// <summary>Four columns in a ring, changed as a journal says.</summary>
    private static SpikingModel Square(params StructuralChange[] journal)
    {
        float[] adjacency = [0, 1, 0, 1, 1, 0, 1, 0, 0, 1, 0, 1, 1, 0, 1, 0];
        foreach (StructuralChange change in journal) adjacency[change.To * 4 + change.From] = change.Kind == StructuralChangeKind.Formed ? 1 : 0;
        SpikingModel ring = Stripes.Model.With(trained => trained with
        {
            Layer = ((ColumnLayer)trained.Layer) with { Columns = 4, Wiring = new WattsStrogatz { Neighbours = 2, RewiringProbability = 0 } },
            Topology = Graph.FromAdjacency(4, adjacency),
        });
        return ring with { Training = ring.Training with { Journal = journal } };
    }

    private static StructuralChange Change(int batch, int from, int to, StructuralChangeKind kind) => new(batch, from, to, kind, StructuralReason.CoActive, 0, 0, 0);

    private static void AssertSame(Graph expected, Graph actual) => CollectionAssert.AreEqual(expected.ToAdjacency(), actual.ToAdjacency());
}
