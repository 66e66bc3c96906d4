namespace Microsoft.ML.Spiking.Tests.Kernels;

/// <summary>A convolution and its two ways back, against float64, at every width of vectors.</summary>
[TestClass]
public class MapProductTests
{
    public static IEnumerable<object[]> Kernels =>
    [
        [5, 4, 3, 2, 3, 3], [7, 7, 16, 40, 3, 3], [14, 14, 8, 33, 3, 5], [1, 1, 2, 3, 5, 5], [6, 1, 3, 9, 5, 1], [2, 3, 1, 1, 7, 9], [28, 28, 1, 10, 5, 5], [1, 40, 70, 2, 1, 3],
    ];

    [TestMethod]
    [DynamicData(nameof(Kernels))]
    public void All_three_products_are_those_of_float64_and_the_same_at_every_width(int height, int width, int inputs, int outputs, int kernelHeight, int kernelWidth)
    {
        const int Maps = 5;
        var kernel = new MapKernel(height, width, inputs, outputs, kernelHeight, kernelWidth);
        CounterRandom random = CounterRandom.FromSeed(3);
        float[] weights = Drawn(outputs * inputs * kernelHeight * kernelWidth, 1), maps = Drawn(Maps * inputs * kernel.Places, 2), ofMade = Drawn(Maps * outputs * kernel.Places, 3);
        var (made, ofMaps, ofWeights) = Exactly(kernel, weights, maps, ofMade);

        float[][] first = Run(lanes: 16);
        Near(made, first[0], "made");
        Near(ofMaps, first[1], "gradient of the maps");
        Near(ofWeights, first[2], "gradient of the weights");
        foreach (int lanes in (int[])[8, 4])
            for (int i = 0; i < first.Length; i++) CollectionAssert.AreEqual(first[i], Run(lanes)[i], $"product {i} with {lanes} lanes");

        float[] Drawn(int count, ulong source) => [.. Enumerable.Range(0, count).Select(i => (float)random.For(source).Normal((ulong)i))];

        float[][] Run(int lanes)
        {
            MapProduct forward = MapProduct.Of(kernel, lanes), back = MapProduct.Of(kernel.Back, lanes);
            float[] found = new float[made.Length], below = new float[ofMaps.Length], gradient = new float[weights.Length];
            MapProductRoom room = forward.Room();
            forward.Take(weights);
            forward.Run(maps, found, room);
            back.Take(weights, back: true);
            back.Run(ofMade, below, back.Room());
            var sums = new AlignedFloats(forward.Sums);
            forward.AddWeights(maps, ofMade, sums, room);
            forward.Leave(sums, gradient);
            return [found, below, gradient];
        }
    }

    /// <summary>Threads share maps as they like, but each number is made of the same terms in the same order.</summary>
    [TestMethod]
    public void Maps_alone_and_together_come_to_the_same_bits()
    {
        var kernel = new MapKernel(5, 6, 4, 9, 3, 3);
        CounterRandom random = CounterRandom.FromSeed(4);
        float[] weights = [.. Enumerable.Range(0, 9 * 4 * 9).Select(i => (float)random.Normal((ulong)i))], maps = [.. Enumerable.Range(0, 7 * 4 * 30).Select(i => (float)random.Normal((ulong)(1000 + i)))];
        var product = MapProduct.Of(kernel);
        MapProductRoom room = product.Room();
        product.Take(weights);
        float[] together = new float[7 * 9 * 30], alone = new float[7 * 9 * 30];
        product.Run(maps, together, room);
        for (int map = 0; map < 7; map++) product.Run(maps.AsSpan(map * 120, 120), alone.AsSpan(map * 270, 270), room);
        CollectionAssert.AreEqual(together, alone);
    }

    private static void Near(double[] expected, float[] found, string what)
    {
        double largest = expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], found[i], 1e-5 * largest, $"{what}, number {i}");
    }

    private static (double[] Made, double[] OfMaps, double[] OfWeights) Exactly(MapKernel kernel, float[] weights, float[] maps, float[] ofMade)
    {
        double[] made = new double[ofMade.Length], ofMaps = new double[maps.Length], ofWeights = new double[weights.Length];
        int places = kernel.Places;
        for (int map = 0; map < maps.Length / (kernel.Inputs * places); map++)
            for (int output = 0; output < kernel.Outputs; output++)
                for (int place = 0; place < places; place++)
                    for (int w = 0; w < kernel.Inputs * kernel.KernelHeight * kernel.KernelWidth; w++)
                    {
                        int row = place / kernel.Width + w / kernel.KernelWidth % kernel.KernelHeight - kernel.KernelHeight / 2, column = place % kernel.Width + w % kernel.KernelWidth - kernel.KernelWidth / 2;
                        if (row < 0 || row >= kernel.Height || column < 0 || column >= kernel.Width) continue;
                        int seen = ((map * kernel.Inputs + w / (kernel.KernelHeight * kernel.KernelWidth)) * kernel.Height + row) * kernel.Width + column, at = (map * kernel.Outputs + output) * places + place;
                        int weight = output * kernel.Inputs * kernel.KernelHeight * kernel.KernelWidth + w;
                        made[at] += (double)weights[weight] * maps[seen];
                        ofMaps[seen] += (double)weights[weight] * ofMade[at];
                        ofWeights[weight] += (double)maps[seen] * ofMade[at];
                    }
        return (made, ofMaps, ofWeights);
    }
}
