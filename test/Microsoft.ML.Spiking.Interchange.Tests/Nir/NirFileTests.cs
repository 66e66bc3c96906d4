using System.Collections.Immutable;

namespace Microsoft.ML.Spiking.Tests.Nir;

/// <summary>Each error names the file, the node by its path, and what is wrong. What nir itself lets pass is checked too.</summary>
[TestClass]
public class NirFileTests
{
    private static readonly NirTensor s_one = NirTensor.Vector(1), s_two = NirTensor.Vector(1, 1);

    private readonly string _path = Path.GetTempFileName();

    [TestCleanup]
    public void Cleanup() => File.Delete(_path);

    [TestMethod]
    public void Everything_that_a_graph_holds_comes_back()
    {
        NirGraph inner = NirSimulationTests.Graph(new NirLif(s_two, s_two, s_two, s_two, NirTensor.Scalar(-1)), neurons: 2);
        NirGraph graph = NirGraph.Of(NirSimulationTests.Nodes(
            ("input", new NirInput([3])), ("weights", new NirLinear(NirTensor.Matrix(2, 0.1, 2, 3, 4, 5, 6))), ("größe", inner),
            ("affine", new NirAffine(NirTensor.Matrix(1, 0.5, 1), NirTensor.Vector(0.25))), ("output", new NirOutput([1, 1]))),
            new("input", "weights"), new("weights", "größe"), new("größe", "affine"), new("affine", "output")) with
        {
            Metadata = ImmutableSortedDictionary<string, object>.Empty.Add("a", "text").Add("b", true).Add("c", 12L).Add("d", 0.1)
                .Add("e", ImmutableArray.Create("x", "ü")).Add("f", NirTensor.Vector(1, 2)),
        };
        NirFile.Write(_path, graph);
        NirGraph read = NirFile.Read(_path);
        CollectionAssert.AreEqual(graph.Nodes.Keys.ToArray(), read.Nodes.Keys.ToArray());
        foreach (string name in (string[])["weights", "affine"])
            CollectionAssert.AreEqual(graph.Nodes[name].Parameters, read.Nodes[name].Parameters);
        CollectionAssert.AreEqual(inner.Nodes["cells"].Parameters, ((NirGraph)read.Nodes["größe"]).Nodes["cells"].Parameters);
        CollectionAssert.AreEqual(graph.Edges, read.Edges);
        CollectionAssert.AreEqual(graph.Metadata.Keys.ToArray(), read.Metadata.Keys.ToArray());
        foreach (string name in (string[])["a", "b", "c", "d", "f"]) Assert.AreEqual(graph.Metadata[name], read.Metadata[name]);
        CollectionAssert.AreEqual((ImmutableArray<string>)graph.Metadata["e"], (ImmutableArray<string>)read.Metadata["e"]);
    }

    [TestMethod]
    public void What_cannot_be_computed_is_written_by_nobody_and_named()
    {
        NirEdge through = new("input", "cells"), ends = new("cells", "output");
        Check(NirSimulationTests.Graph(new NirLi(NirTensor.Vector(0), s_one, s_one), 1), "/node/nodes/cells (LI) has a tau of 0; a time constant is greater than 0");
        Check(NirSimulationTests.Graph(new NirLi(NirTensor.Vector(-1), s_one, s_one), 1), "/node/nodes/cells (LI) has a tau of -1");
        Check(NirSimulationTests.Graph(new NirLi(s_one, NirTensor.Vector(double.NaN), s_one), 1), "/node/nodes/cells (LI) has a r of NaN");
        Check(NirSimulationTests.Graph(new NirLinear(NirTensor.Matrix(1, double.PositiveInfinity)), 1), "/node/nodes/cells (Linear) has a weight of Infinity");
        Check(NirSimulationTests.Graph(new NirLi(s_two, s_one, s_one), 2), "/node/nodes/cells (LI) has a r for 1 neurons, but other parameters for 2");
        Check(NirSimulationTests.Graph(new NirLi(s_two, s_two, s_two), 1), "/node/nodes/cells (LI) reads 2 numbers, but /node/nodes/input gives 1");
        Check(NirSimulationTests.Graph(new NirAffine(NirTensor.Matrix(1, 2.0), s_two), 1), "/node/nodes/cells (Affine) has a bias of shape [2], but its weight gives 1");
        Check(NirSimulationTests.Graph(new NirLinear(s_one), 1), "/node/nodes/cells (Linear) has a weight of shape [1]; [outputs, inputs] is needed");
        Check(Of(through, new("cells", "nobody")), "/node (NIRGraph) has an edge to 'nobody', but no such node");
        Check(Of(through, through, ends), "/node (NIRGraph) has the edge from 'input' to 'cells' twice");
        Check(Of(through), "/node/nodes/output (Output) is led to by no edge");
        Check(Of(ends), "/node/nodes/cells (LI) is led to by no edge");
        Check(Of(through, ends, new("cells", "cells")), "runs in a circle at cells, output; recurrent graphs are not read here");
        Check(Of(through, ends, new("cells", "input")), "/node/nodes/input (Input) is led to by 'cells'");
        Check(Of(through, ends, new("output", "cells")), "/node/nodes/output (Output) leads to 'cells'");
        Check(Of(through, new("input", "output")), "/node/nodes/cells (LI) leads nowhere");
        Check(NirGraph.Of(NirSimulationTests.Nodes(("output", new NirOutput([1])))), "/node (NIRGraph) has 0 nodes of type Input; one is needed");
        Check(NirSimulationTests.Graph(NirGraph.Of(NirSimulationTests.Nodes(("in", new NirInput([1])))), 1), "/node/nodes/cells (NIRGraph) has 0 nodes of type Output");
        Check(NirGraph.Of(NirSimulationTests.Nodes(("input", new NirInput([28, 28])), ("output", new NirOutput([784]))), new NirEdge("input", "output")),
            "/node/nodes/input (Input) has shape [28, 28]; numbers along one axis are read here, [784]");

        static NirGraph Of(params NirEdge[] edges)
            => NirSimulationTests.Graph(new NirLi(NirTensor.Scalar(1), NirTensor.Scalar(1), NirTensor.Scalar(0)), neurons: 1) with { Edges = [.. edges] };

        void Check(NirGraph graph, string sentence)
        {
            File.WriteAllText(_path, "before");
            var error = Assert.ThrowsExactly<ArgumentException>(() => NirFile.Write(_path, graph));
            StringAssert.Contains(error.Message, sentence);
            Assert.IsTrue(Trouble.Onnx.Is(error));
            Assert.AreEqual("before", File.ReadAllText(_path));

            Write(graph);
            var damage = Assert.ThrowsExactly<InvalidDataException>(() => NirFile.Read(_path));
            StringAssert.Contains(damage.Message, sentence);
            StringAssert.Contains(damage.Message, $"'{_path}'");
            Assert.IsTrue(Trouble.Foreign.Is(damage));
        }
    }

    [TestMethod]
    [DataRow("Conv2d")]
    [DataRow("Scale")]
    [DataRow("Delay")]
    [DataRow("Threshold")]
    [DataRow("")]
    public void A_node_of_another_type_is_refused_by_its_name(string type)
    {
        Build(node => node.Add("type", type));
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => NirFile.Read(_path)).Message, $"/node/nodes/cells is of type {type}, which is not read here");
    }

    [TestMethod]
    public void What_a_node_does_not_have_is_not_passed_over()
    {
        Build(node => { node.Add("type", "Linear"); node.Add("weight", [1.0], [1, 1]); node.Add("dt", 0.1); });
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => NirFile.Read(_path)).Message, "/node/nodes/cells has 'dt', which Linear does not have");
        Build(node => node.Add("type", "Linear"));
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => NirFile.Read(_path)).Message, "/node/nodes/cells/weight is not there");
    }

    [TestMethod]
    public void What_may_be_left_out_is_as_NIR_has_it()
    {
        Build(node =>
        {
            node.Add("type", "CubaLIF");
            foreach (string name in (string[])["tau_syn", "tau_mem", "r", "v_leak", "v_threshold"]) node.Add(name, [1.0], [1]);
        });
        var cells = (NirCubaLif)NirFile.Read(_path).Nodes["cells"];
        Assert.AreEqual(NirTensor.Scalar(0), cells.VReset);
        Assert.AreEqual(NirTensor.Scalar(1), cells.WIn);
    }

    [TestMethod]
    public void A_network_that_ours_is_not_is_refused_with_the_difference()
    {
        NirTensor dt = NirTensor.Vector(1e-4 * 2), gain = NirTensor.Vector(2), none = NirTensor.Vector(0);
        Check(new NirLif(dt, gain, none, s_one, none), "has neurons that are none of ours, LIF");
        Check(new NirCubaLif(dt, dt, gain, s_one, s_one, none, gain), "has a v_leak of 1, but neurons leak to 0 here");
        Check(new NirCubaLif(dt, dt, s_one, none, s_one, none, gain), "has a r that multiplies by 0.5 where ours by 1");
        Check(new NirCubaLif(dt, dt, gain, none, s_one, none, s_one), "has a w_in that multiplies by 0.5 where ours by 1");
        Check(new NirCubaLif(dt, dt, gain, none, s_one, NirTensor.Vector(2), gain), "has a v_threshold of 1 and a v_reset of 2");
        Check(new NirCubaLif(NirTensor.Vector(1e-4), dt, gain, none, s_one, none, s_one), "keeps 0 of itself in a time step");
        Check(new NirCubaLif(NirTensor.Vector(1e-5), dt, gain, none, s_one, none, s_one), "has a time constant of 1E-05 s, which is shorter than the TimeStep");
        var ours = new NirCubaLif(dt, dt, gain, none, s_one, none, gain);
        StringAssert.Contains(Assert.ThrowsExactly<NotSupportedException>(() => NirSimulationTests.Graph(ours, 1).ToSpikingModel(new())).Message, "(Input) leads where synapses do");
        Assert.AreEqual(MathF.BitIncrement(1), Network(ours).ToSpikingModel(new()).Layers[0].Layer.NeuronTypes[0].Threshold);

        static NirGraph Network(NirNode cells) => NirGraph.Of(
            NirSimulationTests.Nodes(("input", new NirInput([1])), ("weights", new NirLinear(NirTensor.Matrix(1, 1.0))), ("cells", cells), ("output", new NirOutput([1]))),
            new("input", "weights"), new("weights", "cells"), new("cells", "output"));

        static void Check(NirNode cells, string sentence)
        {
            var error = Assert.ThrowsExactly<NotSupportedException>(() => Network(cells).ToSpikingModel(new()));
            StringAssert.Contains(error.Message, $"/node/nodes/cells ({cells.Kind}) {sentence}");
            Assert.IsTrue(Trouble.Foreign.Is(error));
        }
    }

    [TestMethod]
    public void A_parameter_of_other_neurons_is_found_before_it_is_read()
    {
        const int Many = 1_000_000;
        Build(cells =>
        {
            cells.Add("type", "LI");
            foreach (string name in (string[])["tau", "r"]) cells.Add(name, [1.0, 1.0], [2]);
            cells.Add("v_leak", new double[Many], [Many]);
        });
        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.ThrowsExactly<InvalidDataException>(() => NirFile.Read(_path));
        StringAssert.Contains(error.Message, "/node/nodes/cells (LI) has a v_leak for 1000000 neurons, but other parameters for 2.");
        Assert.IsLessThan(sizeof(double) * Many / 2, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private void Write(NirGraph graph)
    {
        using FileStream stream = File.Create(_path);
        NirWriter.Write(graph, stream);
    }

    /// <summary>Writes a graph of an input, a node of one's own, and an output.</summary>
    private void Build(Action<HdfBuilder> cells)
    {
        var root = new HdfBuilder();
        HdfBuilder node = root.Group("node");
        node.Add("type", "NIRGraph");
        node.Add("edges", ["input", "cells", "cells", "output"], [2, 2]);
        HdfBuilder nodes = node.Group("nodes");
        foreach (string name in (string[])["Input", "Output"])
        {
            HdfBuilder end = nodes.Group(name.ToLowerInvariant());
            end.Add("type", name);
            end.Add("shape", [1L], [1]);
        }
        cells(nodes.Group("cells"));
        using FileStream stream = File.Create(_path);
        root.Write(stream);
    }
}
