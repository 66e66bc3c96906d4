using System.Runtime.CompilerServices;

namespace Microsoft.ML.Spiking.Tests.Nir;

/// <summary>What the Python package nir wrote, in every packing and in the forms of older and newer HDF5 libraries (Fixtures/make.py).</summary>
[TestClass]
public class NirFixtureTests
{
    public static IEnumerable<object[]> Files => ((string[])["gzip", "lzf", "none", "eighteen", "latest"]).Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Files))]
    public void It_is_read_whole(string file)
    {
        NirGraph graph = NirFile.Read(Path(file));
        CollectionAssert.AreEqual((string[])["0", "1", "2", "3", "input", "output"], graph.Nodes.Keys.ToArray());
        Assert.HasCount(5, graph.Edges);
        Assert.AreEqual(new NirEdge("3", "output"), graph.Edges[0]);
        var affine = (NirAffine)graph.Nodes["0"];
        Assert.AreEqual(NirTensor.Matrix(2, 0, 0.25, 0.5, 0.75, 1, 1.25), affine.Weight);
        Assert.AreEqual(NirTensor.Vector(0, 0.25), affine.Bias);
        var cells = (NirCubaLif)graph.Nodes["1"];
        Assert.AreEqual(NirTensor.Vector(2e-4f, 2e-4f), cells.TauSyn);
        Assert.AreEqual(NirTensor.Vector(2, 2), cells.WIn);
        Assert.AreEqual(NirTensor.Vector(0, 0), cells.VReset);
        Assert.IsInstanceOfType<NirLif>(((NirGraph)graph.Nodes["2"]).Nodes["lif"]);
        Assert.AreEqual("Zoë", graph.Metadata["author"]);
        Assert.AreEqual(true, graph.Metadata["trained"]);
        Assert.AreEqual(25L, graph.Metadata["steps"]);
        Assert.AreEqual(0.5, graph.Metadata["rate"]);
        Assert.AreEqual(NirTensor.Vector(1, 2), graph.Metadata["list"]);
    }

    [TestMethod]
    [DynamicData(nameof(Files))]
    public void It_runs_as_its_equations_say(string file)
    {
        // Step 1e-4: i = i/2 + 1/2 · 2 · input, v = 3/4 v + 1/4 · 4 · i, both above 1. The affine node gives 0.75 and 3.25 at an input of ones.
        NirActivity activity = new NirSimulation(NirFile.Read(Path(file)), 1e-4).Run([1, 1, 1, 0, 0, 0, 0, 0, 0], steps: 3);
        // First: i = 0.75, 0.375, 0.1875; v = 0.75, 0.9375, 0.89. Second, with its bias of 0.25: i = 3.25, 1.875, 1.1875, each above 1.
        CollectionAssert.AreEqual((int[])[0, 3], activity.SpikeCounts["1"]);
        // A spike gives the inner neuron 1, which is above 0.5, at once.
        CollectionAssert.AreEqual((int[])[0, 3], activity.SpikeCounts["2/lif"]);
        CollectionAssert.AreEqual((float[])[0, 1, 0, 1, 0, 1], activity.Outputs["output"]);
    }

    private static string Path(string name, [CallerFilePath] string here = "")
        => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(here)!, "Fixtures", $"{name}.nir");
}
