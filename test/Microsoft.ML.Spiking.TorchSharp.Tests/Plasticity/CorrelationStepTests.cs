using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Tests.Plasticity;

[TestClass]
public class CorrelationStepTests
{
    // Traces that have faded by the next step: only what was one step before counts.
    private static readonly CorrelationStdp s_rule = new() { LearningRate = 1, PreTimeConstant = 0.01, PostTimeConstant = 0.01, PotentialMemory = 0.9, UsageMemory = 0.8 };

    [TestMethod]
    public void Where_A_always_leads_B_the_connection_from_A_grows_and_the_one_back_shrinks()
    {
        using var scope = Scope();
        using var state = new PlasticityState(2, 0.05, CPU);
        Tensor weights = zeros(2, 2), topology = tensor(new float[] { 0, 1, 1, 0 }, [2, 2]);

        Learn(s_rule, state, ALeadsB(), weights, topology);

        float[] change = weights.Read();
        Assert.AreEqual(0.01, change[1 * 2 + 0], 1e-6, "A to B: A₊, in full correlation");
        Assert.AreEqual(-0.005, change[0 * 2 + 1], 1e-6, "B to A: -A₋");
    }

    [TestMethod]
    public void Potential_is_the_running_correlation_and_usage_that_part_of_it_which_the_connection_carries()
    {
        using var scope = Scope();
        using var state = new PlasticityState(2, 0.05, CPU);
        // Only A → B stands; its weight, 0, lets half through.
        Tensor weights = zeros(2, 2), topology = tensor(new float[] { 0, 0, 1, 0 }, [2, 2]);

        Learn(s_rule with { LearningRate = 0 }, state, ALeadsB(), weights, topology);
        Learn(s_rule with { LearningRate = 0 }, state, ALeadsB(), weights, topology);

        Assert.AreEqual(1 - 0.9 * 0.9, state.Potential[1, 0].item<float>(), 1e-6);
        Assert.AreEqual(0, state.Potential[0, 1].item<float>(), 1e-6);
        Close.Values([0, 0, (float)(0.5 * (1 - 0.8 * 0.8)), 0], state.Usage.Read(), "usage");
    }

    [TestMethod]
    public void Firing_that_all_samples_share_is_no_correlation_however_strong()
    {
        using var scope = Scope();
        using var state = new PlasticityState(2, 0.05, CPU);
        Tensor weights = zeros(2, 2);
        // Both columns burst in step 2 in both samples: every deviation is 0.
        Learn(s_rule, state, Rates([0, 0, 9, 0, 0], [0, 0, 9, 0, 0], [0, 0, 9, 0, 0], [0, 0, 9, 0, 0]), weights, ones(2, 2));
        CollectionAssert.AreEqual(new float[4], weights.Read());
        CollectionAssert.AreEqual(new float[4], state.Potential.Read());
    }

    [TestMethod]
    [DataRow(1, 5)]
    [DataRow(5, 1)]
    public void One_step_or_one_sample_alone_teaches_nothing(int steps, int samples)
    {
        using var scope = Scope();
        using var state = new PlasticityState(3, 0.05, CPU);
        Tensor weights = zeros(3, 3);
        Learn(new CorrelationStdp { LearningRate = 1 }, state, rand([steps, samples, 3], generator: new Generator(3, CPU)), weights, ones(3, 3));
        Assert.IsTrue(weights.Read().All(weight => weight == 0));
    }

    [TestMethod]
    public void A_trace_lasts_over_steps_and_starts_anew_with_each_sample()
    {
        using var scope = Scope();
        using var state = new PlasticityState(2, 0.05, CPU);
        // A fires in step 0 of the first sample; B in step 2, while A's trace, e^(-t/2), stands at 1, e^(-1/2), … before steps 1, 2, 3.
        Tensor rates = Rates([1, 0, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0], [0, 0, 0, 0]);
        Learn(s_rule with { PreTimeConstant = 2, PotentialMemory = 0 }, state, rates, zeros(2, 2), ones(2, 2));
        double expected = Math.Exp(-0.5) / Math.Sqrt(1 + Math.Exp(-1) + Math.Exp(-2));
        Assert.AreEqual(expected, state.Potential[1, 0].item<float>(), 1e-6);
        Assert.AreEqual(0, state.Potential[0, 1].item<float>(), 1e-6, "B never led A");
    }

    [TestMethod]
    public void No_change_exceeds_what_full_correlation_gives()
    {
        using var scope = Scope();
        using var state = new PlasticityState(6, 0.05, CPU);
        Tensor weights = zeros(6, 6), rates = randn([12, 20, 6], generator: new Generator(3, CPU));
        Learn(new CorrelationStdp { LearningRate = 1 }, state, rates, weights, ones(6, 6));
        float largest = weights.Read().Max(MathF.Abs);
        Assert.IsGreaterThan(0.0005f, largest);
        Assert.IsLessThanOrEqualTo(0.015f, largest, "Potentiation + Depression");
    }

    private static void Learn(CorrelationStdp rule, PlasticityState state, Tensor rates, Tensor weights, Tensor topology)
        => rule.Learn(state, rates, weights, topology, heard: weights.sigmoid() * topology);

    private static DisposeScope Scope()
    {
        LibTorch.EnsureLoaded();
        return NewDisposeScope();
    }

    /// <summary>Two samples. In the first A fires in steps 0 and 3, and B always a step later; in the second neither does.</summary>
    private static Tensor ALeadsB() => Rates([1, 0, 0, 1, 0, 0], [0, 1, 0, 0, 1, 0], new float[6], new float[6]);

    /// <summary>[time, 2, 2] of the columns A and B in the first sample, then in the second.</summary>
    private static Tensor Rates(float[] a1, float[] b1, float[] a2, float[] b2)
        => tensor(Enumerable.Range(0, a1.Length).SelectMany(t => new[] { a1[t], b1[t], a2[t], b2[t] }).ToArray(), [a1.Length, 2, 2]);
}
