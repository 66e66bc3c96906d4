using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Tests.Codes;

[TestClass]
public class CounterNoiseTests
{
    [TestMethod]
    public void Its_numbers_are_the_upper_bits_of_the_counters()
    {
        LibTorch.EnsureLoaded();
        using var scope = NewDisposeScope();
        using var noise = new CounterNoise(CPU);
        foreach (int seed in (int[])[1, 2, int.MaxValue])
        {
            foreach (long[] shape in (long[][])[[3, 7, 11], [2], [1000]])
            {
                long[] drawn = noise.Drawn(CounterRandom.FromSeed(seed), shape).data<long>().ToArray();
                for (int i = 0; i < drawn.Length; i++) Assert.AreEqual(CounterRandom.FromSeed(seed).Bits((ulong)i) >> 40, (ulong)drawn[i], $"seed {seed}, place {i}");
            }
        }
    }

    [TestMethod]
    public void Of_several_sources_each_has_its_own()
    {
        LibTorch.EnsureLoaded();
        using var scope = NewDisposeScope();
        using var noise = new CounterNoise(CPU);
        CounterRandom[] sources = [.. Enumerable.Range(0, 5).Select(CounterRandom.FromSeed)];

        Tensor drawn = noise.Drawn(sources, 9);

        for (int source = 0; source < sources.Length; source++) CollectionAssert.AreEqual(noise.Drawn(sources[source], [9]).data<long>().ToArray(), drawn[source].data<long>().ToArray());
    }
}
