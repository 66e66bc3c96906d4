namespace Microsoft.ML.Spiking.Tests.Kernels;

[TestClass]
public class ElementwiseTests
{
    // Numbers before and behind, which no kernel may touch: more than a vector.
    private const int Around = 20;

    private delegate void Kernel(ReadOnlySpan<float> values, Span<float> target);

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

        void Check(Kernel kernel, Func<float, float, float, float> one)
        {
            float[] target = Draw(3), around = [.. Enumerable.Repeat(9f, Around)];
            float[] room = [.. around, .. target, .. around], values = [.. around, .. x, .. around];
            kernel(values.AsSpan(Around, length), room.AsSpan(Around, length));
            CollectionAssert.AreEqual((float[])[.. around, .. target.Select((t, i) => one(x[i], z[i], t)), .. around], room);
        }

        float[] Draw(int seed) => [.. Enumerable.Range(0, length).Select(i => (float)CounterRandom.FromSeed(seed).Normal((ulong)i))];
    }
}
