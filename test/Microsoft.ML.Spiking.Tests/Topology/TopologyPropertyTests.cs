using CsCheck;

namespace Microsoft.ML.Spiking.Tests.Topology;

/// <summary>What holds of every graph.</summary>
[TestClass]
public class TopologyPropertyTests
{
    private static readonly Gen<(int Nodes, WattsStrogatz Wiring, int Seed)> s_worlds =
        from nodes in Gen.Int[1, 40]
        from half in Gen.Int[0, (nodes - 1) / 2]
        from rewiring in Gen.Frequency((1, Gen.Const(0.0)), (1, Gen.Const(1.0)), (4, Gen.Double.Unit))
        from seed in Gen.Int
        select (nodes, new WattsStrogatz { Neighbours = 2 * half, RewiringProbability = rewiring }, seed);

    /// <summary>Any graph: not symmetric, and with columns that hear themselves.</summary>
    private static readonly Gen<(int Nodes, float[] Adjacency, int Seed)> s_graphs =
        from nodes in Gen.Int[1, 15]
        from adjacency in Gen.Frequency((3, Gen.Const(0f)), (1, Gen.Const(1f))).Array[nodes * nodes]
        from seed in Gen.Int
        select (nodes, adjacency, seed);

    [TestMethod]
    public void Every_small_world_has_its_edges_both_ways_none_of_a_column_with_itself_and_each_column_half_of_its_neighbours() => Property.ForAll(s_worlds, drawn =>
    {
        var (nodes, wiring, seed) = drawn;
        Graph graph = wiring.Generate(nodes, seed);
        Assert.AreEqual(nodes * wiring.Neighbours, graph.Connections);
        Assert.AreEqual((double)wiring.Neighbours / nodes, graph.Density, 1e-12);
        for (int a = 0; a < nodes; a++)
        {
            Assert.IsFalse(graph[a, a], $"column {a} with itself");
            for (int b = 0; b < a; b++) Assert.AreEqual(graph[a, b], graph[b, a], $"{a} and {b}");
            Assert.IsInRange(wiring.Neighbours / 2, nodes - 1, graph.Degree(a));
        }
        CollectionAssert.AreEqual(graph.ToAdjacency(), wiring.Generate(nodes, seed).ToAdjacency(), "the same seed draws the same");
    });

    [TestMethod]
    public void Of_the_rings_edges_as_many_are_rewired_as_the_probability_says() => Property.ForAll(Gen.Select(Gen.Int[2, 6], Gen.Double.Unit, Gen.Int), drawn =>
    {
        const int nodes = 300;
        var (half, rewiring, seed) = drawn;
        Graph graph = new WattsStrogatz { Neighbours = 2 * half, RewiringProbability = rewiring }.Generate(nodes, seed);
        int edges = nodes * half, kept = Enumerable.Range(1, half).Sum(offset => Enumerable.Range(0, nodes).Count(node => graph[node, (node + offset) % nodes]));
        // Some of those that were rewired have come back by chance, as likely as two columns are joined at all.
        double back = rewiring * 2 * half / nodes;
        Assert.AreEqual(edges * (1 - rewiring + back), kept, Property.BinomialMargin(edges, rewiring) + edges * back);
    }, times: 20);

    [TestMethod]
    public void A_graph_is_its_adjacency_matrix() => Property.ForAll(s_graphs, drawn =>
    {
        Graph graph = Graph.FromAdjacency(drawn.Nodes, drawn.Adjacency);
        CollectionAssert.AreEqual(drawn.Adjacency, graph.ToAdjacency());
        for (int post = 0; post < drawn.Nodes; post++)
        {
            for (int pre = 0; pre < drawn.Nodes; pre++) Assert.AreEqual(drawn.Adjacency[post * drawn.Nodes + pre] == 1, graph[post, pre]);
            Assert.AreEqual(Enumerable.Range(0, drawn.Nodes).Count(other => other != post && (graph[post, other] || graph[other, post])), graph.Degree(post));
        }
        Assert.AreEqual(drawn.Adjacency.Sum(), graph.Connections);
        Assert.AreEqual(drawn.Adjacency.Average(entry => (double)entry), graph.Density, 1e-12);
    });

    [TestMethod]
    public void What_columns_are_called_changes_no_measure_of_the_graph() => Property.ForAll(s_graphs, drawn =>
    {
        int n = drawn.Nodes;
        int[] names = [.. Enumerable.Range(0, n)];
        new RandomStream(CounterRandom.FromSeed(drawn.Seed)).Shuffle(names);
        var renamed = new float[n * n];
        for (int i = 0; i < renamed.Length; i++) renamed[names[i / n] * n + names[i % n]] = drawn.Adjacency[i];
        Graph graph = Graph.FromAdjacency(n, drawn.Adjacency), other = Graph.FromAdjacency(n, renamed);
        Assert.AreEqual(graph.ClusteringCoefficient(), other.ClusteringCoefficient(), 1e-12);
        Assert.AreEqual(graph.CharacteristicPathLength(), other.CharacteristicPathLength(), 1e-12);
        Assert.AreEqual(graph.Density, other.Density);
        for (int node = 0; node < n; node++) Assert.AreEqual(graph.Degree(node), other.Degree(names[node]));
    });

    [TestMethod]
    public void Clustering_and_path_lengths_are_what_counting_triples_and_Floyd_and_Warshall_find() => Property.ForAll(s_graphs, drawn =>
    {
        int n = drawn.Nodes;
        Graph graph = Graph.FromAdjacency(n, drawn.Adjacency);
        bool Near(int a, int b) => a != b && (drawn.Adjacency[a * n + b] != 0 || drawn.Adjacency[b * n + a] != 0);
        double clustering = 0;
        for (int a = 0; a < n; a++)
        {
            double pairs = 0, closed = 0;
            for (int b = 0; b < n; b++)
            {
                for (int c = 0; c < n; c++)
                {
                    if (b == c || !Near(a, b) || !Near(a, c)) continue;
                    pairs++;
                    if (Near(b, c)) closed++;
                }
            }
            if (pairs > 0) clustering += closed / pairs / n;
        }
        Assert.AreEqual(clustering, graph.ClusteringCoefficient(), 1e-12);

        var distance = new double[n, n];
        for (int a = 0; a < n; a++)
            for (int b = 0; b < n; b++) distance[a, b] = a == b ? 0 : Near(a, b) ? 1 : double.PositiveInfinity;
        for (int k = 0; k < n; k++)
            for (int a = 0; a < n; a++)
                for (int b = 0; b < n; b++) distance[a, b] = Math.Min(distance[a, b], distance[a, k] + distance[k, b]);
        double[] joined = [.. distance.Cast<double>().Where(d => d > 0 && double.IsFinite(d))];
        Assert.AreEqual(joined.Length == 0 ? double.PositiveInfinity : joined.Average(), graph.CharacteristicPathLength(), 1e-12);
    });

    [TestMethod]
    public void Of_a_ring_theory_is_exact() => Property.ForAll(Gen.Select(Gen.Int[1, 4], Gen.Int[2, 6], Gen.Int), drawn =>
    {
        // As many columns as a column's neighbours, some times over: then every ring of neighbours on the way is whole.
        var (half, times, seed) = drawn;
        var ring = new WattsStrogatz { Neighbours = 2 * half, RewiringProbability = 0 };
        int nodes = 2 * half * times;
        Graph graph = ring.Generate(nodes, seed);
        Assert.AreEqual(graph.ClusteringCoefficient(), ring.Theory(nodes).LatticeClustering, 1e-12);
        Assert.AreEqual(graph.CharacteristicPathLength(), ring.Theory(nodes).LatticePathLength, 1e-12);
    });

    [TestMethod]
    public void Theory_lies_between_the_ring_and_the_random_graph() => Property.ForAll(s_worlds, drawn =>
    {
        if (drawn.Wiring.Neighbours < 4) return;
        SmallWorldTheory theory = drawn.Wiring.Theory(drawn.Nodes);
        Assert.AreEqual(drawn.Wiring.Generate(drawn.Nodes, drawn.Seed).Density * drawn.Nodes, theory.Degree, 1e-9, "the mean degree");
        Assert.IsInRange(0, theory.LatticeClustering, theory.Clustering);
        Assert.AreEqual(theory.LatticeClustering * Math.Pow(1 - drawn.Wiring.RewiringProbability, 3), theory.Clustering, 1e-12);
        Assert.AreEqual(theory.Degree / drawn.Nodes, theory.RandomClustering, 1e-12);
        Assert.AreEqual(drawn.Nodes, Math.Pow(theory.Degree, theory.RandomPathLength), 1e-9 * drawn.Nodes, "so many steps of so many ways reach all");
        Assert.IsGreaterThanOrEqualTo(1, theory.LatticePathLength);
    });
}
