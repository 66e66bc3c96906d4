using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Tests.Torch;

/// <summary>Drawn for many steps at once, a step's masks are what the step alone would have.</summary>
[TestClass]
public class DropoutMasksTests
{
    [TestMethod]
    public void Whatever_was_asked_for_before_a_step_leaves_out_what_its_noise_says()
    {
        LibTorch.EnsureLoaded();
        using var scope = NewDisposeScope();
        using var noise = new CounterNoise(CPU);
        using var masks = new DropoutMasks(0.3, seed: 5, noise);
        // In order, beyond what is drawn at once, back again, of fewer rows and of more.
        foreach (var (step, batch) in (ReadOnlySpan<(int, int)>)[(1, 4), (2, 4), (64, 4), (65, 4), (200, 3), (7, 4), (8, 2), (9, 6)])
        {
            float[] found = masks.Of(step, batch, 5).Read();
            CounterRandom random = DropoutNoise.Of(5, step);
            for (int i = 0; i < found.Length; i++)
                Assert.AreEqual(DropoutNoise.Keeps(random, i, DropoutNoise.Least(0.3)) ? 1 / 0.7f : 0, found[i], 1e-6f, $"step {step}, unit {i}");
        }
    }
}
