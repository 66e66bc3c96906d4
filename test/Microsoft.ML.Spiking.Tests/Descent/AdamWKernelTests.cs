namespace Microsoft.ML.Spiking.Tests.Kernels;

[TestClass]
public class AdamWKernelTests
{
    private static readonly AdamW s_rule = new() { Beta1 = 0.9, Beta2 = 0.99, WeightDecay = 0.1, Epsilon = 0.5 };

    [TestMethod]
    public void The_first_two_steps_are_those_worked_out_by_hand()
    {
        // η = 0.1. Gradient 4 · clip 0.5 = 2. Without their bias the means of a constant gradient are 2 and 4, so each step is 0.1 · 2 / (2 + 0.5) = 0.08.
        AlignedFloats weights = Of([10]), gradient = Of([4]), mean = new(1), square = new(1);
        Step(weights, gradient, mean, square, 1);
        Assert.AreEqual(10 * 0.99f - 0.08f, weights.Span[0], 1e-6f);
        Assert.AreEqual(0.2f, mean.Span[0], 1e-6f);
        Assert.AreEqual(0.04f, square.Span[0], 1e-6f);
        Assert.AreEqual(0, gradient.Span[0], "the gradient is forgotten");
        Step(weights, Of([4]), mean, square, 2);
        Assert.AreEqual(9.82f * 0.99f - 0.08f, weights.Span[0], 1e-6f);
    }

    [TestMethod]
    [DataRow(5)]
    [DataRow(3 * (1 << 14) + 37)]
    public void Every_running_mean_goes_its_part_of_the_way(int length)
    {
        AlignedFloats average = Normal(CounterRandom.FromSeed(1), length), weights = Normal(CounterRandom.FromSeed(2), length);
        float[] before = average.Span.ToArray();

        AdamWKernel.Average(average, weights, 0.3f);

        for (int i = 0; i < length; i++) Assert.AreEqual(before[i] + (weights.Span[i] - before[i]) * 0.3f, average.Span[i], $"number {i}");
    }

    [TestMethod]
    [DataRow(5)]
    [DataRow(16)]
    [DataRow(1 << 14)]
    [DataRow(3 * (1 << 14) + 37)]
    public void Every_number_of_every_length_is_stepped_as_a_number_alone(int length)
    {
        var random = CounterRandom.FromSeed(length);
        AlignedFloats weights = Normal(random.For(0), length), gradient = Normal(random.For(1), length), mean = Normal(random.For(2), length), square = new(length);
        square.Span.Fill(0.3f);
        float[] before = weights.Span.ToArray(), means = mean.Span.ToArray(), slopes = gradient.Span.ToArray();
        Step(weights, gradient, mean, square, 3);
        for (int i = 0; i < length; i++)
        {
            AlignedFloats w = Of([before[i]]), m = Of([means[i]]), v = Of([0.3f]);
            Step(w, Of([slopes[i]]), m, v, 3);
            Assert.AreEqual((w.Span[0], m.Span[0], v.Span[0]), (weights.Span[i], mean.Span[i], square.Span[i]), $"number {i}");
        }
        Assert.IsFalse(gradient.Span.ContainsAnyExcept(0), "the gradient is forgotten");
    }

    [TestMethod]
    [DataRow(7)]
    [DataRow(100_000)]
    public void The_squares_of_all_numbers_are_summed(int length)
    {
        AlignedFloats values = new(length);
        for (int i = 0; i < length; i++) values.Span[i] = i % 2 == 0 ? 3 : -1;
        Assert.AreEqual((length + 1) / 2 * 9 + length / 2, AdamWKernel.SumOfSquares(values));
    }

    private static void Step(AlignedFloats weights, AlignedFloats gradient, AlignedFloats mean, AlignedFloats square, int n)
        => AdamWKernel.Step(weights, gradient, mean, square, AdamWStep.Of(s_rule, clip: 0.5f, learningRate: 0.1, n));

    private static AlignedFloats Normal(CounterRandom random, int count) => Of([.. Enumerable.Range(0, count).Select(i => (float)random.Normal((ulong)i))]);

    private static AlignedFloats Of(float[] values)
    {
        var floats = new AlignedFloats(values.Length);
        values.CopyTo(floats.Span);
        return floats;
    }
}
