using System.Runtime.InteropServices;

namespace Microsoft.ML.Spiking.Tests.Kernels;

[TestClass]
public class SparseKernelTests
{
    [TestMethod]
    [DataRow(1, 1, 1, 0.5)]
    [DataRow(3, 130, 40, 0.4)]
    [DataRow(16, 300, 512, 0.4)]
    [DataRow(5, 1000, 65, 0.02)]
    [DataRow(2, 64, 10, 1.0)]
    [DataRow(4, 200, 128, 0.0)]
    [DataRow(2, 30, 200, 0.4)]
    public void It_gives_to_the_bit_what_the_dense_kernel_gives(int rows, int inputs, int outputs, double density)
    {
        var random = CounterRandom.FromSeed(rows);
        float[] weights = Draw(outputs * inputs, 1), bias = Draw(outputs, 2), x = Draw(rows * inputs, 3);
        for (int i = 0; i < x.Length; i++)
            if (random.Uniform((ulong)i) >= density) x[i] = i % 2 == 0 ? 0 : -0f;
        CheckSame(weights, bias, x, inputs, rows);

        float[] Draw(int count, ulong part) => [.. Enumerable.Range(0, count).Select(i => (float)random.For(part).Normal((ulong)i))];
    }

    [TestMethod]
    public void What_is_not_finite_is_not_left_out()
    {
        float[] bias = [1, 2, 3], x = [0, 1, 0, 0, float.NaN, 0];
        CheckSame([1, float.PositiveInfinity, 1, 1, 1, 1], bias, x, inputs: 2, rows: 3);
        CheckSame([1, 1, 1, 1, float.NaN, 1], bias, x, inputs: 2, rows: 3);
        CheckSame([float.NaN, float.NegativeInfinity, float.PositiveInfinity, float.NaN, float.NaN, float.NaN], bias, x, inputs: 2, rows: 3);
        CheckSame([1, 1, 1, 1, 1, 1], bias, x, inputs: 2, rows: 3);
    }

    private static void CheckSame(float[] weights, float[] bias, float[] x, int inputs, int rows)
    {
        float[] expected = new float[rows * bias.Length], found = new float[expected.Length];
        new DenseKernel(weights, bias, inputs).Run(x, expected, rows);
        new SparseKernel(weights, bias, inputs).Run(x, found, rows);
        CollectionAssert.AreEqual(MemoryMarshal.Cast<float, int>(expected).ToArray(), MemoryMarshal.Cast<float, int>(found).ToArray());
    }
}
