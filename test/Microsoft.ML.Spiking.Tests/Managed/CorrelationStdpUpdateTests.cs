namespace Microsoft.ML.Spiking.Tests.Managed;

[TestClass]
public class CorrelationStdpUpdateTests
{
    // Traces that have faded by the next step: only what was one step before counts.
    private static readonly CorrelationStdp s_rule = new() { LearningRate = 1, PreTimeConstant = 0.01, PostTimeConstant = 0.01, PotentialMemory = 0.9, UsageMemory = 0.8 };

    [TestMethod]
    public void Where_A_always_leads_B_the_connection_from_A_grows_and_the_one_back_shrinks()
    {
        LayerArrays layer = Layer(2, 0, 1, 1, 0);

        s_rule.Learn(layer, ALeadsB(), batch: 2);

        Span<float> change = layer.InterWeights.Weights.Span;
        Assert.AreEqual(0.01, change[1 * 2 + 0], 1e-6, "A to B: A₊, in full correlation");
        Assert.AreEqual(-0.005, change[0 * 2 + 1], 1e-6, "B to A: -A₋");
    }

    [TestMethod]
    public void Potential_is_the_running_correlation_and_usage_that_part_of_it_which_the_connection_carries()
    {
        // Only A → B stands; its weight, 0, lets half through.
        LayerArrays layer = Layer(2, 0, 0, 1, 0);

        (s_rule with { LearningRate = 0 }).Learn(layer, ALeadsB(), batch: 2);
        (s_rule with { LearningRate = 0 }).Learn(layer, ALeadsB(), batch: 2);

        Assert.AreEqual(1 - 0.9 * 0.9, layer.Plasticity.Potential[1 * 2 + 0], 1e-6);
        Assert.AreEqual(0, layer.Plasticity.Potential[0 * 2 + 1], 1e-6);
        Close.Values([0, 0, (float)(0.5 * (1 - 0.8 * 0.8)), 0], layer.Plasticity.Usage, "usage");
    }

    [TestMethod]
    public void Firing_that_all_samples_share_is_no_correlation_however_strong()
    {
        LayerArrays layer = Layer(2, Joined(2));
        // Both columns burst in step 2 in both samples: every deviation is 0.
        s_rule.Learn(layer, Rates([0, 0, 9, 0, 0], [0, 0, 9, 0, 0], [0, 0, 9, 0, 0], [0, 0, 9, 0, 0]), batch: 2);
        CollectionAssert.AreEqual(new float[4], layer.InterWeights.Weights.Span.ToArray());
        CollectionAssert.AreEqual(new float[4], layer.Plasticity.Potential);
    }

    [TestMethod]
    [DataRow(1, 5)]
    [DataRow(5, 1)]
    public void One_step_or_one_sample_alone_teaches_nothing(int steps, int samples)
    {
        LayerArrays layer = Layer(3, Joined(3));
        var random = CounterRandom.FromSeed(3);
        new CorrelationStdp { LearningRate = 1 }.Learn(layer, [.. Enumerable.Range(0, steps * samples * 3).Select(i => (float)random.Uniform((ulong)i))], samples);
        Assert.AreEqual(-1, layer.InterWeights.Weights.Span.IndexOfAnyExcept(0f));
    }

    [TestMethod]
    public void A_trace_lasts_over_steps_and_starts_anew_with_each_sample()
    {
        LayerArrays layer = Layer(2, Joined(2));
        // A fires in step 0 of the first sample; B in step 2, while A's trace, e^(-t/2), stands at 1, e^(-1/2), … before steps 1, 2, 3.
        float[] rates = Rates([1, 0, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0], [0, 0, 0, 0]);
        (s_rule with { PreTimeConstant = 2, PotentialMemory = 0 }).Learn(layer, rates, batch: 2);
        double expected = Math.Exp(-0.5) / Math.Sqrt(1 + Math.Exp(-1) + Math.Exp(-2));
        Assert.AreEqual(expected, layer.Plasticity.Potential[1 * 2 + 0], 1e-6);
        Assert.AreEqual(0, layer.Plasticity.Potential[0 * 2 + 1], 1e-6, "B never led A");
    }

    [TestMethod]
    public void No_change_exceeds_what_full_correlation_gives()
    {
        LayerArrays layer = Layer(6, Joined(6));
        var random = CounterRandom.FromSeed(3);
        new CorrelationStdp { LearningRate = 1 }.Learn(layer, [.. Enumerable.Range(0, 12 * 20 * 6).Select(i => (float)random.Normal((ulong)i))], batch: 20);
        float largest = layer.InterWeights.Weights.Span.ToArray().Max(MathF.Abs);
        Assert.IsGreaterThan(0.0005f, largest);
        Assert.IsLessThanOrEqualTo(0.015f, largest, "Potentiation + Depression");
    }

    /// <summary>Columns that are joined where the topology says, by weights of 0.</summary>
    private static LayerArrays Layer(int columns, params float[] topology)
    {
        var layer = new LayerArrays(new ColumnLayer { Columns = columns, NeuronsPerColumn = 5, Wiring = new WattsStrogatz { Neighbours = 0 } }, index: 0, seed: 1);
        topology.CopyTo(layer.Topology, 0);
        layer.InterWeights.Weights.Span.Clear();
        return layer;
    }

    private static float[] Joined(int columns) => [.. Enumerable.Repeat(1f, columns * columns)];

    /// <summary>Two samples. In the first A fires in steps 0 and 3, and B always a step later; in the second neither does.</summary>
    private static float[] ALeadsB() => Rates([1, 0, 0, 1, 0, 0], [0, 1, 0, 0, 1, 0], new float[6], new float[6]);

    /// <summary>[time, 2, 2] of the columns A and B in the first sample, then in the second.</summary>
    private static float[] Rates(float[] a1, float[] b1, float[] a2, float[] b2)
        => [.. Enumerable.Range(0, a1.Length).SelectMany(t => new[] { a1[t], b1[t], a2[t], b2[t] })];
}
