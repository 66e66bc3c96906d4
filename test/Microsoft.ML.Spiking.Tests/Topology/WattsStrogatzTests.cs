namespace Microsoft.ML.Spiking.Tests.Topology;

[TestClass]
public class WattsStrogatzTests
{
    [TestMethod]
    [DataRow(0, "The number of columns is 0, but it must be greater than 0. [SPK1001]")]
    [DataRow(50_000, "The number of columns is 50000, but it must be at most 16384. [SPK1001]")]
    [DataRow(int.MaxValue, "The number of columns is 2147483647, but it must be at most 16384. [SPK1001]")]
    public void Graphs_of_no_columns_or_too_many_are_refused(int nodes, string sentence)
        => Assert.AreEqual(sentence, Assert.ThrowsExactly<ArgumentException>(() => new WattsStrogatz().Generate(nodes, seed: 1)).Message);

    [TestMethod]
    [DataRow(10, 4)]
    [DataRow(64, 8)]
    [DataRow(9, 8)]
    [DataRow(5, 0)]
    public void Without_rewiring_it_is_the_ring_exactly(int nodes, int neighbours)
    {
        Graph graph = new WattsStrogatz { Neighbours = neighbours, RewiringProbability = 0 }.Generate(nodes, seed: 1);
        for (int a = 0; a < nodes; a++)
        {
            for (int b = 0; b < nodes; b++)
            {
                int around = Math.Min(Math.Abs(a - b), nodes - Math.Abs(a - b));
                Assert.AreEqual(around >= 1 && around <= neighbours / 2, graph[a, b], $"{a}-{b}");
            }
        }
    }

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(0.15)]
    [DataRow(1.0)]
    public void Rewiring_keeps_the_number_of_edges_the_symmetry_and_an_empty_diagonal(double probability)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            Graph graph = new WattsStrogatz { Neighbours = 8, RewiringProbability = probability }.Generate(64, seed);
            Assert.AreEqual(64 * 8, graph.Connections);
            for (int a = 0; a < 64; a++)
            {
                Assert.IsFalse(graph[a, a]);
                for (int b = 0; b < a; b++) Assert.AreEqual(graph[a, b], graph[b, a]);
            }
        }
    }

    [TestMethod]
    public void The_rings_clustering_is_three_quarters_of_k_less_2_over_k_less_1()
    {
        Graph ring = new WattsStrogatz { Neighbours = 8, RewiringProbability = 0 }.Generate(100, seed: 1);
        Assert.AreEqual(3.0 * (8 - 2) / (4 * (8 - 1)), ring.ClusteringCoefficient(), 1e-12);
    }

    [TestMethod]
    public void Rewiring_lowers_clustering_with_the_cube_of_the_edges_that_stay()
    {
        // Barrat and Weigt 2000: C(p) = C(0) · (1 - p)³ up to 1/n.
        double theory = 3.0 * (8 - 2) / (4 * (8 - 1)) * Math.Pow(1 - 0.15, 3);
        double mean = Enumerable.Range(0, 10).Average(seed => new WattsStrogatz().Generate(500, seed).ClusteringCoefficient());
        Assert.AreEqual(theory, mean, 0.02);
    }

    [TestMethod]
    public void Degrees_have_the_mean_and_spread_of_theory_and_a_floor_of_half_the_neighbours()
    {
        // Each node keeps its own k/2 edges; of the k/2 others' a binomial number stays, and a Poisson number of mean p·k/2 arrives.
        int[] degrees = [.. Enumerable.Range(0, 4).SelectMany(seed => Degrees(new WattsStrogatz().Generate(1000, seed)))];
        double mean = degrees.Average(), variance = degrees.Average(d => (d - mean) * (d - mean));
        Assert.AreEqual(8, mean, 1e-12);
        Assert.AreEqual(4 * 0.15 * 0.85 + 4 * 0.15, variance, 0.1);
        Assert.IsGreaterThanOrEqualTo(4, degrees.Min());
    }

    [TestMethod]
    public void A_few_shortcuts_shorten_the_world()
    {
        double ring = new WattsStrogatz { Neighbours = 4, RewiringProbability = 0 }.Generate(200, 1).CharacteristicPathLength();
        double small = new WattsStrogatz { Neighbours = 4, RewiringProbability = 0.1 }.Generate(200, 1).CharacteristicPathLength();
        // On a ring of n with k neighbours a node at distance d along the ring is ⌈2d/k⌉ steps away: 25.4 on average here.
        Assert.AreEqual(Enumerable.Range(1, 199).Average(d => Math.Ceiling(Math.Min(d, 200 - d) / 2.0)), ring, 1e-9);
        Assert.IsLessThan(ring / 3, small);
    }

    [TestMethod]
    public void Too_many_neighbours_are_refused_with_the_number_that_fits()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => new WattsStrogatz { Neighbours = 8 }.Generate(8, 1));
        Assert.AreEqual("Wiring.Neighbours is 8, but 8 columns need an even number below 8. [SPK1001]", error.Message);
    }

    [TestMethod]
    [DataRow(-2)]
    [DataRow(3)]
    [DataRow(10)]
    public void Neighbours_that_cannot_be_shared_between_both_sides_are_refused(int neighbours)
        => Assert.ThrowsExactly<ArgumentException>(() => new WattsStrogatz { Neighbours = neighbours }.Generate(10, 1));

    [TestMethod]
    [DataRow(-0.01)]
    [DataRow(1.01)]
    [DataRow(double.NaN)]
    public void A_rewiring_that_is_no_probability_is_refused(double probability)
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => new WattsStrogatz { RewiringProbability = probability }.Generate(20, 1));
        Assert.AreEqual($"Wiring.RewiringProbability is {probability}, but a probability lies between 0 and 1. [SPK1001]", error.Message);
    }

    [TestMethod]
    public void A_network_of_few_columns_has_by_default_as_many_neighbours_as_fit()
    {
        int[] neighbours = [.. ((int[])[16, 9, 8, 3, 2, 1]).Select(columns => new ColumnLayer { Columns = columns }.Wired.Neighbours)];
        CollectionAssert.AreEqual((int[])[8, 8, 6, 2, 0, 0], neighbours);
        Assert.AreEqual(new SpikingNetworkOptions().GetHashCode(), new SpikingNetworkOptions { Network = new SpikingNetwork { Layers = [new ColumnLayer()] } }.GetHashCode());
        var chosen = new WattsStrogatz { Neighbours = 4 };
        Assert.AreSame(chosen, (new ColumnLayer { Wiring = chosen } with { Columns = 2 }).Wiring);
    }

    private static IEnumerable<int> Degrees(Graph graph) => Enumerable.Range(0, graph.Nodes).Select(graph.Degree);
}
