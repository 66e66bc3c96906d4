namespace Microsoft.ML.Spiking.Samples.Ablations;

/// <summary>A mean of measurements, with its 95 % interval by Student's t.</summary>
internal readonly record struct Sample(double Mean, double HalfWidth)
{
    // Two-sided 95 % quantiles of t for 1, 2, 3 … degrees of freedom; 1.96 beyond.
    private static ReadOnlySpan<double> Quantiles => [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145];

    /// <summary>One measurement has no interval: its half width is not a number.</summary>
    public static Sample Of(IReadOnlyList<double> values)
    {
        double mean = values.Average();
        if (values.Count < 2) return new Sample(mean, double.NaN);
        double variance = values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1);
        double quantile = values.Count - 2 < Quantiles.Length ? Quantiles[values.Count - 2] : 1.96;
        return new Sample(mean, quantile * Math.Sqrt(variance / values.Count));
    }
}
