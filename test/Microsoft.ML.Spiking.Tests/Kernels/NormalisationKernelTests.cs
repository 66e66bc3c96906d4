namespace Microsoft.ML.Spiking.Tests.Kernels;

[TestClass]
public class NormalisationKernelTests
{
    private const int Panel = Lanes.Panel;

    [TestMethod]
    public void Three_rows_of_a_lane_have_their_mean_and_variance_and_become_what_they_are_by_hand()
    {
        float[] rows = new float[3 * Panel], mean = new float[Panel], variance = new float[Panel];
        (rows[5], rows[Panel + 5], rows[2 * Panel + 5]) = (1, 2, 6);
        NormalisationKernel.Measure(rows, mean, variance);
        Assert.AreEqual(3, mean[5]);
        Assert.AreEqual(14f / 3, variance[5], 1e-6f);   // (4 + 1 + 9) / 3
        Assert.AreEqual(0, variance[6]);

        float[] inverse = [.. variance.Select(v => 1 / MathF.Sqrt(v + NormalisationKernel.Epsilon))];
        NormalisationKernel.Normalise(rows, mean, inverse);
        Assert.AreEqual(-2 / Math.Sqrt(14.0 / 3), rows[5], 1e-5);
        Assert.AreEqual(3 / Math.Sqrt(14.0 / 3), rows[2 * Panel + 5], 1e-5);
        Assert.AreEqual(0, rows[6], "a lane that nothing comes into stays at 0");

        var currents = new float[3 * Panel];
        NormalisationKernel.Scale(rows, [.. Enumerable.Repeat(2f, Panel)], [.. Enumerable.Repeat(0.5f, Panel)], currents);
        Assert.AreEqual(2 * rows[Panel + 5] + 0.5f, currents[Panel + 5]);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(4)]
    public void The_gradient_is_the_differences_quotient(int each)
    {
        const int Rows = 6;
        const double Small = 1e-5;
        var random = new Random(1);
        double[] x = [.. Enumerable.Range(0, Rows).Select(_ => random.NextDouble() * 3)], weight = [.. Enumerable.Range(0, Rows * each).Select(_ => random.NextDouble() - 0.5)];
        (double scale, double shift) = (1.7, 0.3);

        // A loss of the currents, each of which is there "each" times.
        double Loss(double[] x, double scale, double shift)
        {
            double mean = x.Average(), inverse = 1 / Math.Sqrt(x.Average(v => (v - mean) * (v - mean)) + NormalisationKernel.Epsilon);
            return Enumerable.Range(0, Rows * each).Sum(i => weight[i] * ((x[i / each] - mean) * inverse * scale + shift));
        }

        const int Lane = 37;
        float[] rows = new float[Rows * Panel], mean = new float[Panel], variance = new float[Panel], gradient = new float[Rows * each * Panel];
        for (int i = 0; i < Rows; i++) rows[i * Panel + Lane] = (float)x[i];
        for (int i = 0; i < gradient.Length / Panel; i++) gradient[i * Panel + Lane] = (float)weight[i];
        NormalisationKernel.Measure(rows, mean, variance);
        float[] inverse = [.. variance.Select(v => 1 / MathF.Sqrt(v + NormalisationKernel.Epsilon))], ofScale = new float[Panel], ofShift = new float[Panel];
        NormalisationKernel.Normalise(rows, mean, inverse);
        NormalisationKernel.Backward(rows, each, [.. inverse.Select(i => (float)scale * i)], gradient, ofScale, ofShift);

        for (int i = 0; i < Rows; i++)
        {
            double[] more = [.. x], less = [.. x];
            (more[i], less[i]) = (x[i] + Small, x[i] - Small);
            float found = Enumerable.Range(i * each, each).Sum(row => gradient[row * Panel + Lane]);
            Assert.AreEqual((Loss(more, scale, shift) - Loss(less, scale, shift)) / (2 * Small), found, 1e-4, $"current {i}");
        }
        Assert.AreEqual((Loss(x, scale + Small, shift) - Loss(x, scale - Small, shift)) / (2 * Small), ofScale[Lane], 1e-4);
        Assert.AreEqual((Loss(x, scale, shift + Small) - Loss(x, scale, shift - Small)) / (2 * Small), ofShift[Lane], 1e-4);
    }
}
