namespace Microsoft.ML.Spiking.Tests.Kernels;

[TestClass]
public class ElementwiseTests
{
    [TestMethod]
    [DataRow(5)]
    [DataRow(16)]
    [DataRow(75)]
    public void Every_number_of_every_length_is_what_plain_arithmetic_makes_of_it(int length)
    {
        float[] x = Draw(1), z = Draw(2);
        x[0] = 0;
        Check((values, target) => Elementwise.Add(values, target), (v, _, t) => t + v);
        Check((values, target) => Elementwise.Subtract(values, z, target), (v, other, _) => v - other);
        Check((values, target) => Elementwise.Multiply(values, 0.3f, target), (v, _, _) => v * 0.3f);
        Check((values, target) => Elementwise.DivideMultiply(values, 7, 0.3f, target), (v, _, _) => v / 7 * 0.3f);
        Check((values, target) => Elementwise.AddProduct(values, 0.3f, target), (v, _, t) => (float)(v * 0.3f) + t);
        Check((values, target) => Elementwise.AddSquare(values, target), (v, _, t) => (float)(v * v) + t);
        Check((values, target) => Elementwise.AddSigns(values, 0.3f, target), (v, _, t) => v > 0 ? t + 0.3f : v < 0 ? t - 0.3f : t);
        Check((values, target) => Elementwise.MultiplyWherePositive(values, 0.3f, target), (v, _, t) => v > 0 ? t * 0.3f : 0);

        void Check(Action<float[], float[]> kernel, Func<float, float, float, float> one)
        {
            float[] target = Draw(3), expected = [.. target.Select((t, i) => one(x[i], z[i], t))];
            kernel(x, target);
            CollectionAssert.AreEqual(expected, target);
        }

        float[] Draw(int seed) => [.. Enumerable.Range(0, length).Select(i => (float)CounterRandom.FromSeed(seed).Normal((ulong)i))];
    }
}
