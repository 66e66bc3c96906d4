using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Tests.Plasticity;

[TestClass]
public class HomeostasisStepTests
{
    [TestMethod]
    public void The_target_rises_by_a_tenth_below_the_band_falls_by_a_tenth_above_it_and_stays_within_it()
    {
        LibTorch.EnsureLoaded();
        using var scope = NewDisposeScope();
        var rule = new Homeostasis { InitialRate = 0.05, MinimumRate = 0.03, MaximumRate = 0.08, RateMemory = 0.75 };
        using var state = new PlasticityState(columns: 2, rule.InitialRate, CPU);

        rule.Adapt(state, tensor([0.01f, 0.03f]));
        Close.Values([0.055f], state.TargetRate.Read(), "raised: the mean, 0.02, is below 0.03");
        Close.Values([0.75f * 0.05f + 0.25f * 0.01f, 0.75f * 0.05f + 0.25f * 0.03f], state.AverageRate.Read(), "a quarter of the way to what was measured");
        for (int i = 0; i < 20; i++) rule.Adapt(state, tensor([0.01f, 0.03f]));
        Close.Values([0.08f], state.TargetRate.Read(), "no higher than the band");
        rule.Adapt(state, tensor([0.2f, 0.1f]));
        Close.Values([0.072f], state.TargetRate.Read(), "lowered: the mean, 0.15, is above 0.08");
    }
}
