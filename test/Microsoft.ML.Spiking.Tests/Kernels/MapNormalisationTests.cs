namespace Microsoft.ML.Spiking.Tests.Kernels;

/// <summary>The normalisation of a channel's currents, by hand and in float64.</summary>
[TestClass]
public class MapNormalisationTests
{
    /// <remarks>Two maps of two channels of two places: the second channel's 1, 2, 3 and 10 have a mean of 4 and a variance of (9 + 4 + 1 + 36) / 4.</remarks>
    [TestMethod]
    public void A_channel_is_measured_over_its_maps_and_places()
    {
        float[] currents = [100, 200, 1, 2, 300, 400, 3, 10];
        Assert.AreEqual((4f, 12.5f), MapNormalisation.Measure(currents, channel: 1, channels: 2, places: 2));

        float[] scaled = new float[2];
        MapNormalisation.Scale([3, 10], mean: 4, factor: 2, shift: 0.5f, scaled);
        CollectionAssert.AreEqual((float[])[-1.5f, 12.5f], scaled);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(37)]
    public void Gradients_are_those_of_float64_and_leave_other_channels_alone(int places)
    {
        const int Maps = 3, Channels = 2, Channel = 1;
        const float Scale = 1.5f;
        CounterRandom random = CounterRandom.FromSeed(2);
        float[] currents = [.. Enumerable.Range(0, Maps * Channels * places).Select(i => (float)(5 + 2 * random.Normal((ulong)i)))];
        float[] gradient = [.. Enumerable.Range(0, currents.Length).Select(i => (float)random.Normal((ulong)(1000 + i)))];
        int[] own = [.. Enumerable.Range(0, currents.Length).Where(i => i / places % Channels == Channel)];
        double[] x = [.. own.Select(i => (double)currents[i])], g = [.. own.Select(i => (double)gradient[i])];
        var (mean, variance) = MapNormalisation.Measure(currents, Channel, Channels, places);
        double inverse = 1 / Math.Sqrt(x.Average(v => (v - x.Average()) * (v - x.Average())) + NormalisationKernel.Epsilon);
        Assert.AreEqual(x.Average(), mean, 1e-5);

        float[] found = [.. gradient];
        var (ofScale, ofShift) = MapNormalisation.Back(currents, found, Channel, Channels, places, mean, 1 / MathF.Sqrt(variance + NormalisationKernel.Epsilon), Scale);

        double[] normalised = [.. x.Select(v => (v - x.Average()) * inverse)];
        double slope = normalised.Zip(g, (n, of) => n * of).Average();
        Assert.AreEqual(g.Sum(), ofShift, 1e-4);
        Assert.AreEqual(slope * x.Length, ofScale, 1e-4);
        for (int i = 0; i < own.Length; i++) Assert.AreEqual(Scale * inverse * (g[i] - g.Average() - normalised[i] * slope), found[own[i]], 1e-4);
        for (int i = 0; i < found.Length; i++) if (!own.Contains(i)) Assert.AreEqual(gradient[i], found[i]);
    }
}
