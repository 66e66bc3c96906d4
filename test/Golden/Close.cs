namespace Microsoft.ML.Spiking.Tests;

/// <summary>How near float32 must come to the golden float64.</summary>
internal static class Close
{
    /// <summary>Within 1e-5, relative to values above 1.</summary>
    public static void Values(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what) => Check(expected, actual, 1e-5, 1e-5, what);

    /// <summary>Gradients and changes of weights: within 1e-4 of the value, or 1e-7.</summary>
    public static void Changes(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what) => Check(expected, actual, 1e-4, 1e-7, what);

    private static void Check(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double relative, double floor, string what)
    {
        Assert.AreEqual(expected.Length, actual.Length, $"{what}: length");
        for (int i = 0; i < expected.Length; i++)
        {
            double tolerance = Math.Max(floor, relative * Math.Abs(expected[i]));
            Assert.IsTrue(Math.Abs(expected[i] - actual[i]) <= tolerance, $"{what}[{i}]: expected {expected[i]:R}, got {actual[i]:R}, allowed {tolerance:G2}");
        }
    }
}
