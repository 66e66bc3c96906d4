namespace Microsoft.ML.Spiking.Tests.Topology;

[TestClass]
public class SmallWorldTheoryTests
{
    private static readonly SmallWorldTheory s_reference = new WattsStrogatz { Neighbours = 8, RewiringProbability = 0.15 }.Theory(64);

    [TestMethod]
    public void A_ring_of_8_neighbours_clusters_at_18_28ths_and_a_random_graph_of_64_columns_at_an_eighth()
    {
        Assert.AreEqual(18.0 / 28, s_reference.LatticeClustering, 1e-12);
        Assert.AreEqual(8.0 / 64, s_reference.RandomClustering, 1e-12);
    }

    [TestMethod]
    public void Rewiring_15_of_100_edges_leaves_0614_of_the_triangles()
        => Assert.AreEqual(18.0 / 28 * 0.614125, s_reference.Clustering, 1e-12);   // 0.85³

    [TestMethod]
    public void Paths_lie_between_40_ninths_and_2_steps()
    {
        Assert.AreEqual(40.0 / 9, s_reference.LatticePathLength, 1e-12);   // 64 · 70 / (16 · 63)
        Assert.AreEqual(2, s_reference.RandomPathLength, 1e-12);           // 8² = 64
    }

    [TestMethod]
    [DataRow(64, 8)]
    [DataRow(32, 8)]
    [DataRow(100, 4)]
    public void A_ring_without_rewiring_is_as_theory_has_it(int nodes, int neighbours)
    {
        var wiring = new WattsStrogatz { Neighbours = neighbours, RewiringProbability = 0 };
        Graph ring = wiring.Generate(nodes, seed: 1);
        Assert.AreEqual(wiring.Theory(nodes).Clustering, ring.ClusteringCoefficient(), 1e-12);
        Assert.AreEqual(wiring.Theory(nodes).LatticePathLength, ring.CharacteristicPathLength(), 1e-12);
    }

    [TestMethod]
    public void Large_rings_near_a_path_of_n_over_2k()
        => Assert.AreEqual(100_000 / 20.0, new WattsStrogatz { Neighbours = 10 }.Theory(100_000).LatticePathLength, 0.5);

    [TestMethod]
    public void Columns_without_neighbours_are_not_clustered_and_infinitely_far_apart()
    {
        SmallWorldTheory none = new WattsStrogatz { Neighbours = 0 }.Theory(5);
        Assert.AreEqual(0, none.Clustering);
        Assert.AreEqual(double.PositiveInfinity, none.LatticePathLength);
        Assert.AreEqual(double.PositiveInfinity, none.RandomPathLength);
    }

    [TestMethod]
    public void No_theory_is_given_of_a_graph_that_cannot_be_drawn()
        => Assert.ThrowsExactly<ArgumentException>(() => new WattsStrogatz { Neighbours = 8 }.Theory(8));
}
