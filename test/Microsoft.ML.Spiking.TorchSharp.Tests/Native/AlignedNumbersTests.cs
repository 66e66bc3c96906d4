using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Tests.Native;

/// <summary>What products read begins with a line of the cache in every process, or else their last bits would differ from one to the next.</summary>
[TestClass]
public class AlignedNumbersTests
{
    private const int Line = 64;

    [TestMethod]
    public void All_that_learns_and_all_connections_lie_in_libtorchs_own_memory()
    {
        LibTorch.EnsureLoaded();
        using var scope = NewDisposeScope();
        // Arrays of odd sizes in between, so that those of managed code end up anywhere.
        for (int attempt = 0; attempt < 20; attempt++)
        {
            _ = new byte[8 * attempt + 1];
            using var network = new NetworkTensors(Toy.Options.Network with { Code = new RateCode() }, Toy.Inputs, classes: 3, seed: attempt, CPU);
            Tensor[] read = [.. network.Readout, .. network.Layers.SelectMany(layer => (Tensor[])[layer.InterWeights, layer.Topology])];
            foreach (Tensor tensor in read) Assert.AreEqual(0, Place(tensor) % Line, $"{string.Join(" x ", tensor.shape)} numbers");
        }
    }

    [TestMethod]
    public void The_numbers_are_those_of_the_array()
    {
        LibTorch.EnsureLoaded();
        using Tensor placed = ((float[])[1, 2, 3, 4, 5, 6]).Aligned([2, 3], CPU);
        CollectionAssert.AreEqual(new float[] { 4, 5, 6 }, placed[1].Read());
    }

    private static long Place(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.storage<float>().data_ptr() + (nint)tensor.storage_offset() * sizeof(float);
    }
}
