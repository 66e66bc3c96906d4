using NWaves.FeatureExtractors;
using NWaves.FeatureExtractors.Options;
using NWaves.Filters.Fda;
using NWaves.Windows;

namespace Microsoft.ML.Spiking.Samples.Sound;

/// <summary>The ear: how loud a sound is over time in bands that lie as those of hearing do, as logarithms. By NWaves.</summary>
internal static class MelBands
{
    /// <summary>Samples a second.</summary>
    public const int Rate = 8000;

    /// <summary>Samples from one time step to the next, 12.5 milliseconds.</summary>
    public const int Hop = 100;

    public const int Count = 32;

    private const int Window = 256;

    // The last frequency that a window of samples tells from the others.
    private const double Lowest = 60, Highest = 3900, Top = Rate / 2.0 - (double)Rate / Window;

    /// <summary>Time steps of a sound. Each hears nothing that comes after its window of 32 milliseconds.</summary>
    public static int Steps(float[] samples) => Math.Max(1, (samples.Length - Window) / Hop + 1);

    /// <summary>[step][band].</summary>
    /// <param name="samples">At <see cref="Rate"/>.</param>
    /// <param name="warp">What the bands' frequencies are multiplied by: another throat.</param>
    public static float[][] Of(float[] samples, double warp = 1)
    {
        if (samples.Length < Window) samples = [.. samples, .. new float[Window - samples.Length]];
        (double, double, double)[] bands =
            [.. FilterBanks.MelBands(Count, Rate, Lowest, Highest).Select(band => (Warped(band.Item1), Warped(band.Item2), Warped(band.Item3)))];
        var extractor = new FilterbankExtractor(new FilterbankOptions
        {
            SamplingRate = Rate, FrameSize = Window, HopSize = Hop, FftSize = Window, PreEmphasis = 0.97, Window = WindowType.Hamming,
            FilterBank = FilterBanks.Triangular(Window, Rate, bands), NonLinearity = NonLinearityType.LogE, SpectrumType = SpectrumType.Power,
            LogFloor = 1e-6f,
        });
        return [.. extractor.ComputeFrom(samples)];

        double Warped(double frequency) => Math.Min(frequency * warp, Top);
    }
}
