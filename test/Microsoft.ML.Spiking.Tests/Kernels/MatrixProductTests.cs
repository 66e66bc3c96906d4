using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Tests.Kernels;

[TestClass]
public class MatrixProductTests
{
    private static readonly int[] s_widths = [4, 8, 16];

    [TestMethod]
    [DynamicData(nameof(Widths))]
    public void It_multiplies_what_was_multiplied_by_hand(int lanes)
    {
        AlignedFloats a = Floats(1, 2, 3, 4, 5, 6), b = Floats(7, 8, 9, 10, 11, 12), c = Floats(1, 1, 1, 1);
        MatrixProduct.Run(new Matrix(a, 2, 3), new Matrix(b, 3, 2), new Matrix(c, 2, 2), add: false, threads: 1, lanes);
        CollectionAssert.AreEqual(new float[] { 58, 64, 139, 154 }, c.Span.ToArray());
        MatrixProduct.Run(new Matrix(a, 2, 3), new Matrix(b, 3, 2), new Matrix(c, 2, 2), add: true, threads: 1, lanes);
        CollectionAssert.AreEqual(new float[] { 116, 128, 278, 308 }, c.Span.ToArray());
    }

    [TestMethod]
    [DynamicData(nameof(Widths))]
    public void A_product_is_fused_with_its_sum(int lanes)
    {
        // (1 + ε)² - (1 + 2ε) is ε²: a product that is rounded on its own loses it.
        const float epsilon = 1f / (1 << 12);
        AlignedFloats a = Floats(-1, 1 + epsilon), b = Floats(1 + 2 * epsilon, 1 + epsilon), c = Floats(5);
        MatrixProduct.Run(new Matrix(a, 1, 2), new Matrix(b, 2, 1), new Matrix(c, 1, 1), add: false, threads: 1, lanes);
        Assert.AreEqual(epsilon * epsilon, c.Span[0]);
    }

    [TestMethod]
    [DataRow(1, 1, 1)]
    [DataRow(3, 17, 1)]
    [DataRow(1, 33, 129)]
    [DataRow(17, 3, 33)]
    [DataRow(33, 129, 17)]
    [DataRow(129, 257, 65)]
    [DataRow(128, 512, 10)]
    [DataRow(10, 128, 512)]
    [DataRow(16, 16, 16)]
    [DataRow(521, 70, 40)]
    [DataRow(8, 4000, 100)]
    public void Every_number_is_one_chain_in_order_at_every_width_and_from_every_view(int rows, int inner, int columns)
    {
        AlignedFloats a = Normal(1, rows * inner), b = Normal(2, inner * columns), before = Normal(3, rows * columns);
        AlignedFloats aTurned = Turned(a, rows, inner), bTurned = Turned(b, inner, columns), c = new(rows * columns);
        foreach (bool add in (bool[])[false, true])
        {
            float[] expected = Chains(a.Span, b.Span, before.Span, rows, inner, columns, add);
            foreach (int lanes in s_widths)
            {
                foreach (Matrix left in (Matrix[])[new Matrix(a, rows, inner), new Matrix(aTurned, inner, rows).Transposed])
                {
                    foreach (Matrix right in (Matrix[])[new Matrix(b, inner, columns), new Matrix(bTurned, columns, inner).Transposed])
                    {
                        before.Span.CopyTo(c.Span);
                        MatrixProduct.Run(left, right, new Matrix(c, rows, columns), add, threads: 1, lanes);
                        CollectionAssert.AreEqual(expected, c.Span.ToArray(), $"{lanes} lanes, add {add}");
                    }
                }
            }
        }
    }

    [TestMethod]
    public void It_is_close_to_a_sum_in_double_precision()
    {
        const int rows = 33, inner = 1000, columns = 50;
        AlignedFloats a = Normal(1, rows * inner), b = Normal(2, inner * columns), c = new(rows * columns);
        MatrixProduct.Run(new Matrix(a, rows, inner), new Matrix(b, inner, columns), new Matrix(c, rows, columns));
        for (int i = 0; i < c.Length; i++)
        {
            double expected = 0;
            for (int k = 0; k < inner; k++) expected += (double)a.Span[i / columns * inner + k] * b.Span[k * columns + i % columns];
            Assert.AreEqual(expected, c.Span[i], 1e-4, $"c[{i}]");
        }
    }

    [TestMethod]
    [DataRow(128, 2048, 96)]
    [DataRow(700, 100, 300)]
    [DataRow(1000, 300, 10)]
    public void Any_number_of_threads_gives_the_same_bits(int rows, int inner, int columns)
    {
        AlignedFloats a = Normal(1, rows * inner), b = Normal(2, inner * columns), alone = new(rows * columns), together = new(rows * columns);
        foreach (int lanes in (int[])[8, 16])   // of 4 the threads are the same code, and the time is not where there is no FMA
        {
            if (lanes > MatrixProduct.Lanes) continue;
            MatrixProduct.Run(new Matrix(a, rows, inner), new Matrix(b, inner, columns), new Matrix(alone, rows, columns), false, threads: 1, lanes);
            foreach (int threads in (int[])[2, 3, 16])
            {
                together.Span.Clear();
                MatrixProduct.Run(new Matrix(a, rows, inner), new Matrix(b, inner, columns), new Matrix(together, rows, columns), false, threads, lanes);
                CollectionAssert.AreEqual(alone.Span.ToArray(), together.Span.ToArray(), $"{lanes} lanes, {threads} threads");
            }
        }
    }

    [TestMethod]
    public void Strides_of_any_length_are_followed_and_what_lies_between_stays()
    {
        // a: every other number of every third row; c: three columns of a wider matrix.
        AlignedFloats a = Normal(1, 200), b = Normal(2, 12), c = new(50);
        c.Span.Fill(7);
        Matrix left = Part(a, 5, 4, 30, 2), right = new(b, 4, 3), product = Part(c, 5, 3, 10, 1);
        MatrixProduct.Run(left, right, product);
        for (int row = 0; row < 5; row++)
        {
            for (int column = 0; column < 10; column++)
            {
                float expected = 0;
                for (int k = 0; k < 4; k++)
                    expected = column < 3 ? MathF.FusedMultiplyAdd(a.Span[row * 30 + k * 2], b.Span[k * 3 + column], expected) : 7;
                Assert.AreEqual(expected, c.Span[row * 10 + column], $"c[{row}, {column}]");
            }
        }
    }

    [TestMethod]
    public void It_is_the_dense_layer_to_the_bit()
    {
        const int rows = 9, inputs = 333, outputs = 40;
        AlignedFloats x = Normal(1, rows * inputs), weights = Normal(2, outputs * inputs), bias = Normal(3, outputs), y = new(rows * outputs);
        var expected = new float[rows * outputs];
        new DenseKernel(weights.Span, bias.Span, inputs).Run(x.Span, expected, rows);
        for (int row = 0; row < rows; row++) bias.Span.CopyTo(y.Span[(row * outputs)..]);
        MatrixProduct.Run(new Matrix(x, rows, inputs), new Matrix(weights, outputs, inputs).Transposed, new Matrix(y, rows, outputs), add: true);
        CollectionAssert.AreEqual(expected, y.Span.ToArray());
    }

    [TestMethod]
    public void Of_nothing_it_is_zero_or_what_was_there()
    {
        AlignedFloats none = new(0), c = Floats(1, 2, 3, 4);
        MatrixProduct.Run(new Matrix(none, 2, 0), new Matrix(none, 0, 2), new Matrix(c, 2, 2), add: true);
        CollectionAssert.AreEqual(new float[] { 1, 2, 3, 4 }, c.Span.ToArray());
        MatrixProduct.Run(new Matrix(none, 2, 0), new Matrix(none, 0, 2), new Matrix(c, 2, 2));
        CollectionAssert.AreEqual(new float[4], c.Span.ToArray());
        MatrixProduct.Run(new Matrix(none, 0, 2), new Matrix(c, 2, 2), new Matrix(none, 0, 2));
    }

    [TestMethod]
    public void It_allocates_nothing_once_it_has_run()
    {
        AlignedFloats a = Normal(1, 50 * 60), b = Normal(2, 60 * 70), c = new(50 * 70);
        void Run() => MatrixProduct.Run(new Matrix(a, 50, 60), new Matrix(b, 60, 70), new Matrix(c, 50, 70), false, threads: 1, MatrixProduct.Lanes);
        for (int i = 0; i < 3; i++) Run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++) Run();
        Assert.AreEqual(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [TestMethod]
    public void What_does_not_fit_is_refused()
    {
        AlignedFloats a = new(6), c = new(4);
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => MatrixProduct.Run(new Matrix(a, 2, 3), new Matrix(a, 2, 3), new Matrix(c, 2, 2)))
            .Message, "[2, 3] times [2, 3] is not [2, 2].");
        Assert.ThrowsExactly<ArgumentException>(() => MatrixProduct.Run(new Matrix(a, 2, 3), new Matrix(a, 3, 2), new Matrix(c, 1, 2)), "too few rows");
        Assert.ThrowsExactly<ArgumentException>(() => MatrixProduct.Run(new Matrix(a, 2, 3), new Matrix(a, 3, 2), new Matrix(c, 2, 1)), "too few columns");
        Assert.ThrowsExactly<ArgumentException>(() => MatrixProduct.Run(new Matrix(a, 2, 3), new Matrix(a, 3, 2), new Matrix(c, 2, 2).Transposed));
        StringAssert.StartsWith(Assert.ThrowsExactly<ArgumentException>(() => new Matrix(a, 2, 3, start: 1)).Message, "6 numbers do not hold a matrix of 2 times 3 from number 1 on.");
    }

    [TestMethod]
    public void The_width_is_the_machines_own()
        => Assert.AreEqual(Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : 4, MatrixProduct.Lanes);

    private static IEnumerable<object[]> Widths => s_widths.Select(lanes => new object[] { lanes });

    /// <summary>c[i, j] = a[i, 0] · b[0, j] + a[i, 1] · b[1, j] + ..., each fused.</summary>
    private static float[] Chains(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> before, int rows, int inner, int columns, bool add)
    {
        var c = new float[rows * columns];
        for (int i = 0; i < c.Length; i++)
        {
            float sum = add ? before[i] : 0;
            for (int k = 0; k < inner; k++) sum = MathF.FusedMultiplyAdd(a[i / columns * inner + k], b[k * columns + i % columns], sum);
            c[i] = sum;
        }
        return c;
    }

    private static unsafe Matrix Part(AlignedFloats floats, int rows, int columns, nint rowStride, nint columnStride)
        => new(floats.First, rows, columns, rowStride, columnStride);

    private static AlignedFloats Turned(AlignedFloats floats, int rows, int columns)
    {
        var turned = new AlignedFloats(floats.Length);
        for (int i = 0; i < floats.Length; i++) turned.Span[i % columns * rows + i / columns] = floats.Span[i];
        return turned;
    }

    private static AlignedFloats Normal(int seed, int count)
    {
        var random = CounterRandom.FromSeed(seed);
        var floats = new AlignedFloats(count);
        for (int i = 0; i < count; i++) floats.Span[i] = (float)random.Normal((ulong)i);
        return floats;
    }

    private static AlignedFloats Floats(params ReadOnlySpan<float> values)
    {
        var floats = new AlignedFloats(values.Length);
        values.CopyTo(floats.Span);
        return floats;
    }
}
