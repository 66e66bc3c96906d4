namespace Microsoft.ML.Spiking.Tests.Kernels;

[TestClass]
public class DenseKernelTests
{
    [TestMethod]
    [DataRow(1, 3, 2)]
    [DataRow(7, 50, 40)]
    [DataRow(9, 33, 32)]
    public void It_is_a_linear_layer_whatever_the_sizes(int rows, int inputs, int outputs)
    {
        var random = CounterRandom.FromSeed(rows);
        float[] weights = Normal(random.For(0), outputs * inputs), bias = Normal(random.For(1), outputs), x = Normal(random.For(2), rows * inputs);
        var y = new float[rows * outputs];
        new DenseKernel(weights, bias, inputs).Run(x, y, rows);
        for (int i = 0; i < y.Length; i++)
        {
            double expected = bias[i % outputs];
            for (int k = 0; k < inputs; k++) expected += (double)x[i / outputs * inputs + k] * weights[i % outputs * inputs + k];
            Assert.AreEqual(expected, y[i], 1e-5 * Math.Max(1, Math.Abs(expected)), $"y[{i}]");
        }
    }

    [TestMethod]
    public void A_row_alone_gives_to_the_bit_what_it_gives_among_others()
    {
        const int inputs = 123, outputs = 17, rows = 6;
        var random = CounterRandom.FromSeed(5);
        float[] x = Normal(random.For(2), rows * inputs), together = new float[rows * outputs], alone = new float[outputs];
        var layer = new DenseKernel(Normal(random, outputs * inputs), [], inputs);
        layer.Run(x, together, rows);
        for (int row = 0; row < rows; row++)
        {
            layer.Run(x.AsSpan(row * inputs, inputs), alone, 1);
            CollectionAssert.AreEqual(together[(row * outputs)..((row + 1) * outputs)], alone);
        }
    }

    [TestMethod]
    [DataRow(1, 5, 3)]
    [DataRow(2, 64, 64)]
    [DataRow(50, 64, 64)]
    [DataRow(23, 700, 10)]
    [DataRow(131, 40, 100)]
    public void Every_output_is_one_chain_from_the_bias_on_at_every_width(int rows, int inputs, int outputs)
    {
        var random = CounterRandom.FromSeed(rows);
        float[] weights = Normal(random.For(0), outputs * inputs), bias = Normal(random.For(1), outputs), x = Normal(random.For(2), rows * inputs);
        var expected = new float[rows * outputs];
        for (int i = 0; i < expected.Length; i++)
        {
            expected[i] = bias[i % outputs];
            for (int k = 0; k < inputs; k++)
                expected[i] = MathF.FusedMultiplyAdd(x[i / outputs * inputs + k], weights[i % outputs * inputs + k], expected[i]);
        }
        foreach (int lanes in (int[])[4, 8, 16])
        {
            var y = new float[rows * outputs];
            new DenseKernel(weights, bias, inputs, lanes).Run(x, y, rows);
            CollectionAssert.AreEqual(expected, y, $"{lanes} lanes");
        }
    }

    private static float[] Normal(CounterRandom random, int count) => [.. Enumerable.Range(0, count).Select(i => (float)random.Normal((ulong)i))];
}
