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
        Tensor first = tensor([1f, 0f]).unsqueeze(0), second = tensor([0f, 1f]).unsqueeze(0), none = zeros(1, 2);
        Present(rule, state, first, none);
        float[] change = Present(rule, state, none, second).Read();
        // Column 1 fired an update after column 0: +A₊ · exp(-1/20) for 0 → 1.
        Assert.AreEqual(0.01 * Math.Exp(-1 / 20.0), change[1 * 2 + 0], 1e-8);

        using var reversed = new PlasticityState(2, 0.05, CPU);
        Present(rule, reversed, none, second);
        change = Present(rule, reversed, first, none).Read();
        Assert.AreEqual(-0.012 * Math.Exp(-1 / 20.0), change[1 * 2 + 0], 1e-8);
    }

    [TestMethod]
    [DynamicData(nameof(Files))]
    public void Every_presentation_follows_the_reference(string name)
    {
        LibTorch.EnsureLoaded();
        GoldenFile file = GoldenFile.Open(name);
        using var scope = NewDisposeScope();
        ProductStdp rule = Rule(file);
        Tensor pre = file.Tensor("inputs.pre"), post = file.Tensor("inputs.post"), topology = file.Tensor("inputs.topology"), weights = file.Tensor("inputs.inter_weights");
        using var state = new PlasticityState((int)pre.shape[1], 0.05, CPU);
        for (int row = 0; row < pre.shape[0]; row++)
        {
            Close.Changes(file.Tensor("expected.delta")[row].Read(), Present(rule, state, pre.narrow(0, row, 1), post.narrow(0, row, 1)).Read(), $"change {row}");
            rule.Use(state, weights.unsqueeze(0), topology);
            Close.Values(file.Tensor("expected.pre_trace")[row].Read(), state.PreTrace.Read(), $"presynaptic trace {row}");
            Close.Values(file.Tensor("expected.post_trace")[row].Read(), state.PostTrace.Read(), $"postsynaptic trace {row}");
            Close.Values(file.Tensor("expected.potential")[row].Read(), state.Potential.Read(), $"potential {row}");
            Close.Values(file.Tensor("expected.usage")[row].Read(), state.Usage.Read(), $"usage {row}");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Files))]
    public void All_presentations_at_once_follow_the_reference(string name)
    {
        LibTorch.EnsureLoaded();
        GoldenFile file = GoldenFile.Open(name);
        using var scope = NewDisposeScope();
        ProductStdp rule = Rule(file);
        Tensor pre = file.Tensor("inputs.pre"), post = file.Tensor("inputs.post"), topology = file.Tensor("inputs.topology"), weights = file.Tensor("inputs.inter_weights");
        int count = (int)pre.shape[0];
        using var state = new PlasticityState((int)pre.shape[1], 0.05, CPU);

        Tensor changes = Present(rule, state, pre, post);
        rule.Use(state, stack(Enumerable.Repeat(weights, count)), topology);

        Close.Changes(file.Array("expected.delta"), changes.Read(), "changes");
        Close.Values(file.Tensor("expected.pre_trace")[count - 1].Read(), state.PreTrace.Read(), "presynaptic trace");
        Close.Values(file.Tensor("expected.post_trace")[count - 1].Read(), state.PostTrace.Read(), "postsynaptic trace");
        Close.Values(file.Tensor("expected.potential")[count - 1].Read(), state.Potential.Read(), "potential");
        Close.Values(file.Tensor("expected.usage")[count - 1].Read(), state.Usage.Read(), "usage");
    }

    private static Tensor Present(ProductStdp rule, PlasticityState state, Tensor pre, Tensor post)
        => rule.Present(state, cat([pre, post]), new Presentations(FirstPre: 0, FirstPost: (int)pre.shape[0], Stride: 1, Count: (int)pre.shape[0]));

    private static ProductStdp Rule(GoldenFile file) => (ProductStdp)SpikingNetworkOptions.Reference.Network.ColumnLayers[0].Plasticity! with
    {
        Potentiation = file.Number("parameters.a_plus"),
        Depression = file.Number("parameters.a_minus"),
        PreTimeConstant = file.Number("parameters.tau_plus"),
        PostTimeConstant = file.Number("parameters.tau_minus"),
    };
}
