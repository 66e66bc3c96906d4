namespace Microsoft.ML.Spiking.Tests.Nir;

/// <summary>Each kind of neuron by hand, at a time step of 0.5.</summary>
[TestClass]
public class NirSimulationTests
{
    private static readonly NirTensor s_one = NirTensor.Vector(1), s_none = NirTensor.Vector(0);

    [TestMethod]
    public void A_leaky_neuron_leaks_to_its_leak_and_resets_to_its_reset()
        // v = 0.75 v + 0.25 (2 · x + 0.4): 0.6; 1.05 is above 1, so v = -0.2; then 0.75 · -0.2 + 0.6 = 0.45; without input 0.4375.
        => Check(new NirLif(NirTensor.Vector(2), NirTensor.Vector(2), NirTensor.Vector(0.4), s_one, NirTensor.Vector(-0.2)), [1, 1, 1, 0], [0, 1, 0, 0]);

    [TestMethod]
    public void A_neuron_that_reaches_its_threshold_exactly_does_not_fire()
    {
        // IF: v = v + 0.5 · r · x.
        Check(new NirIf(NirTensor.Vector(2), s_one, s_none), [0.5f, 0.5f, 0.5f], [0, 0, 1]);
        Check(new NirIf(NirTensor.Vector(2), NirTensor.Vector(0.999), s_none), [0.5f, 0.5f, 0.5f], [0, 1, 0]);
    }

    [TestMethod]
    public void A_synaptic_current_moves_the_membrane_in_the_same_step()
        // i = 0.5 i + 0.5 · 4 · x; v = 0.75 v + 0.25 · 2 · i. x = 1, 0, 0, 0: i = 2, 1, 0.5, 0.25; v = 1, 1.25, 1.1875: fires in the second step, then 0 + 0.25.
        => Check(new NirCubaLif(s_one, NirTensor.Vector(2), NirTensor.Vector(2), s_none, NirTensor.Vector(1.1), s_none, NirTensor.Vector(4)), [1, 0, 0, 0], [0, 1, 0, 0]);

    [TestMethod]
    public void A_leaky_integrator_gives_its_potential()
        => Check(new NirLi(s_one, s_one, NirTensor.Vector(1)), [1, 0], [1, 1]);   // v = 0.5 v + 0.5 (x + 1)

    [TestMethod]
    public void Single_numbers_stand_for_all_neurons()
    {
        var graph = Graph(new NirIf(NirTensor.Scalar(2), NirTensor.Scalar(1), NirTensor.Scalar(0)), neurons: 3);
        CollectionAssert.AreEqual((float[])[0, 1, 1], new NirSimulation(graph, 0.5).Run([0.5f, 1.5f, 2], steps: 1).Outputs["output"]);
    }

    [TestMethod]
    public void Each_row_starts_from_rest()
    {
        var simulation = new NirSimulation(Graph(new NirIf(NirTensor.Vector(2), s_one, s_none), neurons: 1), 0.5);
        for (int row = 0; row < 3; row++) Assert.AreEqual(0, simulation.Run([0.9f], steps: 1).SpikeCounts["cells"][0]);
    }

    [TestMethod]
    public void Edges_add_up_and_nested_graphs_are_looked_through()
    {
        var inner = NirGraph.Of(
            Nodes(("in", new NirInput([2])), ("twice", new NirLinear(NirTensor.Matrix(2, 2, 0, 0, 2))), ("out", new NirOutput([2]))), new("in", "twice"), new("twice", "out"));
        var graph = NirGraph.Of(
            Nodes(("input", new NirInput([2])), ("sub", inner), ("bias", new NirAffine(NirTensor.Matrix(2, 0, 1, 1, 0), NirTensor.Vector(10, 20))), ("output", new NirOutput([2]))),
            new("input", "sub"), new("input", "bias"), new("sub", "output"), new("bias", "output"));
        NirActivity activity = new NirSimulation(graph, 1).Run([1, 3, 0, 0], steps: 2);
        CollectionAssert.AreEqual((float[])[2 + 3 + 10, 6 + 1 + 20, 10, 20], activity.Outputs["output"]);
        CollectionAssert.AreEqual((float[])[12.5f, 23.5f], activity.Mean("output"));
    }

    [TestMethod]
    public void A_time_step_that_does_not_fit_is_refused()
    {
        NirGraph graph = Graph(new NirLi(s_one, s_one, s_none), neurons: 1);
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => new NirSimulation(graph, 1.5)).Message,
            "The time step is 1.5 s, but /node/nodes/cells has a time constant of 1 s");
        Assert.ThrowsExactly<ArgumentException>(() => new NirSimulation(graph, 0));
        Assert.ThrowsExactly<ArgumentException>(() => new NirSimulation(graph, double.NaN));
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => new NirSimulation(graph, 1).Run([1, 2, 3], steps: 2)).Message, "3 numbers, but 2 steps of 1 inputs");
    }

    internal static NirGraph Graph(NirNode cells, int neurons) => NirGraph.Of(
        Nodes(("input", new NirInput([neurons])), ("cells", cells), ("output", new NirOutput([neurons]))), new("input", "cells"), new("cells", "output"));

    internal static IEnumerable<KeyValuePair<string, NirNode>> Nodes(params (string Name, NirNode Node)[] nodes)
        => nodes.Select(node => KeyValuePair.Create(node.Name, node.Node));

    private static void Check(NirNode cells, float[] input, float[] output)
        => CollectionAssert.AreEqual(output, new NirSimulation(Graph(cells, neurons: 1), 0.5).Run(input, input.Length).Outputs["output"]);
}
