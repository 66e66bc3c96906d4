namespace Microsoft.ML.Spiking.Tests.Plasticity;

[TestClass]
public class StructuralUpdateTests
{
    public static IEnumerable<object[]> Files => GoldenFile.Of("topology");

    [TestMethod]
    [DynamicData(nameof(Files))]
    public void Connections_grow_and_go_as_in_the_reference(string name)
    {
        GoldenFile file = GoldenFile.Open(name);
        StructuralPlasticity rule = SpikingNetworkOptions.Reference.Network.ColumnLayers[0].StructuralPlasticity! with
        {
            FormationThreshold = file.Number("parameters.formation_threshold"),
            PruningThreshold = file.Number("parameters.pruning_threshold"),
            WeakWeight = file.Number("parameters.weak_weight"),
            MaximumDensity = file.Number("parameters.max_density"),
        };
        float[] topology = file.Array("inputs.topology"), before = [.. topology];
        int columns = (int)Math.Sqrt(topology.Length);
        var connections = new Connections(columns, topology, file.Array("inputs.inter_weights"), file.Array("inputs.potential"), file.Array("inputs.usage"), new int[topology.Length]);
        List<StructuralChange> journal = rule.Apply(connections, StructuralLevels.Absolute, batch: 100);
        CollectionAssert.AreEqual(file.Array("expected.topology"), topology);
        Close.Values(file.Array("expected.inter_weights"), connections.Weights, "weights");
        CollectionAssert.AreEqual(topology, Replay(columns, before, journal), "the journal tells the same");
    }

    [TestMethod]
    public void The_most_correlated_absent_pair_connects_with_the_starting_weight_and_says_why()
    {
        Connections connections = ThreeColumns();
        var rule = new StructuralPlasticity { FormationThreshold = 1, InitialWeight = 0.25, Turnover = 0.1 };

        List<StructuralChange> journal = rule.Apply(connections, StructuralLevels.Relative, batch: 50);

        // Of six pairs, five at 0.1 and 0 → 1 at 0.4: mean 0.15, deviation 0.112. A column with itself fires together best, and is left alone.
        CollectionAssert.AreEqual(new float[] { 0, 0, 1, 1, 0, 0, 0, 1, 0 }, connections.Topology);
        Assert.AreEqual(0.25f, connections.Weights[3]);
        CollectionAssert.AreEqual(new[] { new StructuralChange(50, 0, 1, StructuralChangeKind.Formed, StructuralReason.CoActive, 0.4f, 0, 0.25f) }, journal);
    }

    [TestMethod]
    public void Pairs_that_do_not_fire_together_stay_apart_even_the_best_of_them()
    {
        Connections connections = ThreeColumns();
        for (int pair = 0; pair < 9; pair++) connections.Potential[pair] -= 0.5f;
        Assert.IsEmpty(new StructuralPlasticity { FormationThreshold = 1 }.Apply(connections, StructuralLevels.Relative, batch: 50));
    }

    [TestMethod]
    public void A_new_connection_stands_for_its_grace_period_and_then_goes_if_it_is_not_used()
    {
        Connections connections = ThreeColumns();
        var rule = new StructuralPlasticity { FormationThreshold = 1, PruningThreshold = -1, GracePeriod = 2, MinimumDensity = 0.2 };

        Assert.AreEqual(StructuralChangeKind.Formed, rule.Apply(connections, StructuralLevels.Relative, batch: 50).Single().Kind);
        connections.Potential[3] = 0.1f;
        Assert.IsEmpty(rule.Apply(connections, StructuralLevels.Relative, batch: 100), "one interval old");
        // Usage 0 beside 0.5 and 0.5: mean 0.333, deviation 0.236.
        CollectionAssert.AreEqual(
            new[] { new StructuralChange(150, 0, 1, StructuralChangeKind.Pruned, StructuralReason.Unused, 0.1f, 0, 0) }, rule.Apply(connections, StructuralLevels.Relative, batch: 150));
        CollectionAssert.AreEqual(new float[] { 0, 0, 1, 0, 0, 0, 0, 1, 0 }, connections.Topology);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void Over_many_random_updates_the_density_stays_in_its_band_and_the_journal_tells_all(int seed)
    {
        const int Columns = 9, Batches = 400;
        var rule = new StructuralPlasticity { MinimumDensity = 0.11, MaximumDensity = 0.33, Turnover = 0.1, GracePeriod = 1, PruningThreshold = -1 };
        var random = new Random(seed);
        float[] topology = new WattsStrogatz { Neighbours = 2 }.Generate(Columns, seed).ToAdjacency(), initial = [.. topology];
        var connections = new Connections(Columns, topology, new float[81], new float[81], new float[81], new int[81]);
        var journal = new List<StructuralChange>();
        double least = 1, most = 0;
        for (int update = 1; update <= Batches; update++)
        {
            // Spells of much and of little correlation, in tenths, so that many tie.
            float level = update / 20 % 2 == 0 ? 0.6f : -0.6f;
            for (int pair = 0; pair < 81; pair++) (connections.Potential[pair], connections.Usage[pair]) = (random.Next(6) / 10f + level, random.Next(6) / 10f + level);
            List<StructuralChange> changes = rule.Apply(connections, StructuralLevels.Relative, update);
            Assert.IsLessThanOrEqualTo(9, changes.Count(change => change.Kind == StructuralChangeKind.Formed), "a tenth of 81, rounded up");
            Assert.IsLessThanOrEqualTo(9, changes.Count(change => change.Kind == StructuralChangeKind.Pruned));
            journal.AddRange(changes);
            (least, most) = (Math.Min(least, connections.Count / 81.0), Math.Max(most, connections.Count / 81.0));
        }
        // 0.11 · 81 = 8.91 and 0.33 · 81 = 26.73: 9 to 26 connections, and both ends are reached.
        Assert.AreEqual(9 / 81.0, least);
        Assert.AreEqual(26 / 81.0, most);
        Assert.IsTrue(Enumerable.Range(0, Columns).All(column => topology[column * Columns + column] == 0), "no column hears itself");
        CollectionAssert.AreEqual(topology, Replay(Columns, initial, journal));
    }

    /// <summary>2 → 0 and 1 → 2 stand and are used; 0 → 1 do not, but fire together more than the rest.</summary>
    private static Connections ThreeColumns() => new(3,
        [0, 0, 1, 0, 0, 0, 0, 1, 0], [0, 0, 0, -0.6f, 0, 0, 0, 0, 0], [1, 0.1f, 0.1f, 0.4f, 1, 0.1f, 0.1f, 0.1f, 1], [0, 0, 0.5f, 0, 0, 0, 0, 0.5f, 0], new int[9]);

    private static float[] Replay(int columns, float[] topology, IEnumerable<StructuralChange> journal)
    {
        foreach (StructuralChange change in journal)
        {
            int pair = change.To * columns + change.From;
            Assert.AreEqual(change.Kind == StructuralChangeKind.Formed ? 0 : 1, topology[pair], $"{change}");
            topology[pair] = 1 - topology[pair];
        }
        return topology;
    }
}
