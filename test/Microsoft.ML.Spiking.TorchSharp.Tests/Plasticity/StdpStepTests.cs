using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Tests.Plasticity;

[TestClass]
public class StdpStepTests
{
    public static IEnumerable<object[]> Files => GoldenFile.Of("stdp");

    [TestMethod]
    public void Pre_before_post_strengthens_and_post_before_pre_weakens()
    {
        LibTorch.EnsureLoaded();
        using var scope = NewDisposeScope();
        var rule = (ProductStdp)SpikingNetworkOptions.Reference.Network.ColumnLayers[0].Plasticity!;
        using var state = new PlasticityState(2, 0.05, CPU);
        Tensor weights = zeros(2, 2), topology = ones(2, 2), first = tensor([1f, 0f]), second = tensor([0f, 1f]), none = zeros(2);
        rule.Present(state, first, none, weights, topology);
        float[] change = rule.Present(state, none, second, weights, topology).Read();
        // Column 1 fired an update after column 0: +A₊ · exp(-1/20) for 0 → 1.
        Assert.AreEqual(0.01 * Math.Exp(-1 / 20.0), change[1 * 2 + 0], 1e-8);

        using var reversed = new PlasticityState(2, 0.05, CPU);
        rule.Present(reversed, none, second, weights, topology);
        change = rule.Present(reversed, first, none, weights, topology).Read();
        Assert.AreEqual(-0.012 * Math.Exp(-1 / 20.0), change[1 * 2 + 0], 1e-8);
    }

    [TestMethod]
    [DynamicData(nameof(Files))]
    public void Every_presentation_follows_the_reference(string name)
    {
        LibTorch.EnsureLoaded();
        GoldenFile file = GoldenFile.Open(name);
        using var scope = NewDisposeScope();
        var rule = (ProductStdp)SpikingNetworkOptions.Reference.Network.ColumnLayers[0].Plasticity! with
        {
            Potentiation = file.Number("parameters.a_plus"),
            Depression = file.Number("parameters.a_minus"),
            PreTimeConstant = file.Number("parameters.tau_plus"),
            PostTimeConstant = file.Number("parameters.tau_minus"),
        };
        Tensor pre = file.Tensor("inputs.pre"), post = file.Tensor("inputs.post"), topology = file.Tensor("inputs.topology"), weights = file.Tensor("inputs.inter_weights");
        using var state = new PlasticityState((int)pre.shape[1], 0.05, CPU);
        for (int row = 0; row < pre.shape[0]; row++)
        {
            Close.Changes(file.Tensor("expected.delta")[row].Read(), rule.Present(state, pre[row], post[row], weights, topology).Read(), $"change {row}");
            Close.Values(file.Tensor("expected.pre_trace")[row].Read(), state.PreTrace.Read(), $"presynaptic trace {row}");
            Close.Values(file.Tensor("expected.post_trace")[row].Read(), state.PostTrace.Read(), $"postsynaptic trace {row}");
            Close.Values(file.Tensor("expected.potential")[row].Read(), state.Potential.Read(), $"potential {row}");
            Close.Values(file.Tensor("expected.usage")[row].Read(), state.Usage.Read(), $"usage {row}");
        }
    }
}
