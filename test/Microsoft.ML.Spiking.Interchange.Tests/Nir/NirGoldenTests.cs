namespace Microsoft.ML.Spiking.Tests.Nir;

/// <summary>A NIR file carries what the network did, and what it reads for that; the simulation does the same, and tells where it does not.</summary>
[TestClass]
public class NirGoldenTests
{
    private readonly string _path = Path.GetTempFileName();

    [TestCleanup]
    public void Cleanup() => File.Delete(_path);

    [TestMethod]
    [DynamicData(nameof(Networks))]
    public void It_keeps_its_promise_from_the_file_alone(SpikingNetworkTransformer network, bool tellsScores)
    {
        GoldenRows golden = GoldenRows.Of(network.Model, Trained.Data(new MLContext(seed: 1)), count: 9);
        NirFile.Write(_path, network.Model.ToNir().Graph.WithGolden(network.Model, golden));

        NirGraph graph = NirFile.Read(_path);
        GoldenResult result = graph.CheckGolden(1e-4)!;

        Assert.IsTrue(result.IsKept, result.ToString());
        Assert.AreEqual(9, result.Rows);
        Assert.IsTrue(result.ComparedSpikes);
        Assert.AreEqual(tellsScores, result.ComparedScores);
        Assert.AreEqual(golden.ToJson(), graph.Golden()!.ToJson());
        GoldenResult others = graph.CheckGolden(1e-4, GoldenRows.Of(network.Model, Trained.Data(new MLContext(seed: 1)), count: 60), network.Model);
        Assert.IsTrue(others.IsKept, others.ToString());
        Assert.AreEqual(60, others.Rows);
    }

    public static IEnumerable<object[]> Networks =>
    [
        [Trained.Fit(Trained.Linear, Trained.Plain), true],
        [Trained.Fit(Trained.Linear with { Layers = ReadLayers.All }, new LatencyCode(), Trained.Plain, Trained.Plain with { Columns = 3 }), true],
        [Trained.Fit(new Readout { HiddenUnits = 4, Dropout = 0 }, new RateCode(), new ColumnLayer { Columns = 4, NeuronsPerColumn = 10 }), false],
    ];

    [TestMethod]
    public void A_graph_that_computes_something_else_breaks_it()
    {
        SpikingNetworkTransformer network = Trained.Fit(Trained.Linear, Trained.Plain);
        NirGraph graph = network.Model.ToNir().Graph.WithGolden(network.Model, GoldenRows.Of(network.Model, Trained.Data(new MLContext(seed: 1)), count: 9));
        var cells = (NirCubaLif)graph.Nodes["n02_layer0_exc"];
        NirGraph other = graph with { Nodes = graph.Nodes.SetItem("n02_layer0_exc", cells with { VThreshold = NirTensor.Repeat(1.2, 32) }) };
        GoldenResult result = other.CheckGolden(1e-4)!;
        Assert.IsFalse(result.IsKept);
        Assert.IsGreaterThan(50, result.ChangedSpikes);
        Assert.IsFalse(graph.CheckGolden(0.9e-4)!.IsKept, "another time step is another network");
    }

    [TestMethod]
    public void A_graph_without_golden_rows_promises_nothing()
    {
        SpikingNetworkTransformer network = Trained.Fit(Trained.Linear, Trained.Plain);
        NirGraph graph = network.Model.ToNir().Graph;
        Assert.IsNull(graph.Golden());
        Assert.IsNull(graph.CheckGolden(1e-4));
        GoldenRows golden = GoldenRows.Of(network.Model, Trained.Data(new MLContext(seed: 1)), count: 2);
        NirGraph half = graph with { Metadata = graph.Metadata.Add("golden", golden.ToJson()) };
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => half.CheckGolden(1e-4)).Message, "2 golden rows, but no 'golden_input' of so many");
        NirGraph damaged = graph with { Metadata = graph.Metadata.Add("golden", "{") };
        Assert.ThrowsExactly<InvalidDataException>(() => damaged.Golden());
    }
}
