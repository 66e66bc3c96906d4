using CsCheck;
using Microsoft.ML.Spiking.Competition;

namespace Microsoft.ML.Spiking.Tests.Competition;

[TestClass]
public class StdpKernelTests
{
    [TestMethod]
    public void An_input_that_has_just_spiked_is_strengthened_by_what_the_weight_has_left()
    {
        // 0.5 + 0.1 · (0.8 · (1 - 0.5) - 0.2 · 0.5) = 0.5 + 0.1 · (0.4 - 0.1)
        float[] weights = [0.5f];
        StdpKernel.Learn([0.8f], rate: 0.1f, depression: 0.2f, weights);
        Assert.AreEqual(0.53f, weights[0], 1e-6);
    }

    [TestMethod]
    public void An_input_that_was_silent_is_weakened_by_a_part_of_the_weight()
    {
        // 0.5 - 0.1 · 0.2 · 0.5
        float[] weights = [0.5f];
        StdpKernel.Learn([0], rate: 0.1f, depression: 0.2f, weights);
        Assert.AreEqual(0.49f, weights[0], 1e-6);
    }

    [TestMethod]
    public void What_is_unlearnt_is_a_part_of_the_weights_whose_inputs_had_spiked()
    {
        // 0.5 - 0.4 · 0.8 · 0.5; and an input that was silent loses nothing.
        float[] weights = [0.5f, 0.5f];
        StdpKernel.Unlearn([0.8f, 0], rate: 0.4f, weights);
        Assert.AreEqual(0.34f, weights[0], 1e-6);
        Assert.AreEqual(0.5f, weights[1]);
    }

    [TestMethod]
    public void Unlearning_is_the_same_within_whole_vectors_and_beside_them() => Property.ForAll(Cases, its =>
    {
        var (weights, traces, rate, _) = its;
        float[] expected = [.. weights.Zip(traces, (weight, trace) => weight - rate * trace * weight)];
        StdpKernel.Unlearn(traces, rate, weights);
        CollectionAssert.AreEqual(expected, weights);
        Assert.IsTrue(weights.All(weight => weight is >= 0 and <= 1));
    });

    [TestMethod]
    public void Weights_are_scaled_to_their_mean()
    {
        // A sum of 0.8 is to be 0.6.
        float[] weights = [0.2f, 0.6f];
        StdpKernel.Normalise(weights, mean: 0.3f);
        Assert.AreEqual(0.15f, weights[0], 1e-6);
        Assert.AreEqual(0.45f, weights[1], 1e-6);
    }

    [TestMethod]
    public void No_weight_is_scaled_beyond_1()
    {
        float[] weights = [0.9f, 0, 0.1f, 0];
        StdpKernel.Normalise(weights, mean: 0.5f);
        CollectionAssert.AreEqual((float[])[1, 0, 0.2f, 0], weights);
    }

    [TestMethod]
    public void A_neuron_that_has_lost_all_its_weights_begins_with_equal_ones()
    {
        float[] weights = [0, 0, 0];
        StdpKernel.Normalise(weights, mean: 0.1f);
        CollectionAssert.AreEqual((float[])[0.1f, 0.1f, 0.1f], weights);
    }

    [TestMethod]
    public void Weights_stay_between_0_and_1_whatever_spikes() => Property.ForAll(Cases, its =>
    {
        var (weights, traces, rate, depression) = its;
        for (int spike = 0; spike < 20; spike++) StdpKernel.Learn(traces, rate, depression, weights);
        StdpKernel.Normalise(weights, 0.3f);
        Assert.IsTrue(weights.All(weight => weight is >= 0 and <= 1));
    });

    [TestMethod]
    public void Whoever_spiked_before_the_neuron_gains_on_whoever_did_not() => Property.ForAll(Cases, its =>
    {
        var (_, traces, rate, depression) = its;
        float[] weights = [.. traces.Select(_ => 0.2f)];
        StdpKernel.Learn(traces, rate, depression, weights);
        for (int i = 1; i < traces.Length; i++)
            Assert.IsTrue(traces[i] == traces[0] || weights[i] > weights[0] == traces[i] > traces[0], $"{traces[i]} and {traces[0]} gave {weights[i]} and {weights[0]}");
    });

    [TestMethod]
    public void Scaling_keeps_the_sum_where_no_weight_reaches_1() => Property.ForAll(Cases, its =>
    {
        float[] weights = its.Weights;
        float mean = 0.5f * weights.Average() + 1e-3f;
        StdpKernel.Normalise(weights, mean);
        if (weights.All(weight => weight < 1)) Assert.AreEqual(mean, weights.Average(), 1e-5 * mean + 1e-7);
    });

    // Rates that differ enough to be seen in float32; numbers of inputs with and without a remainder beside whole vectors.
    private static Gen<(float[] Weights, float[] Traces, float Rate, float Depression)> Cases { get; } =
        from inputs in Gen.Int[2, 70]
        from weights in Gen.Float[0, 1].Array[inputs]
        from levels in Gen.Int[0, 16].Array[inputs]
        from rate in Gen.Float[0.001f, 0.5f]
        from depression in Gen.Float[0, 1]
        select (weights, levels.Select(level => level / 16f).ToArray(), rate, depression);
}
