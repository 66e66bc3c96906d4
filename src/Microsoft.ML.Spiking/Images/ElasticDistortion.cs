using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>
/// Moves each pixel of an image by a random field that is smooth, as a hand's tremor moves a stroke (Simard, Steinkraus and Platt 2003): each direction's
/// field is uniform between -1 and 1 at every pixel, blurred by a Gaussian and multiplied by a factor.
/// </summary>
/// <remarks>
/// Beyond the image the field is 0. In its midst a pixel moves by about <c>Alpha / (6 · Sigma)</c> pixels in each direction (standard deviation), 1 by
/// default. The paper divides the field by its norm, and does not say by which; of the blurred field as it is, its own constants for digits, 4 and 34, bend
/// strokes more sharply than the defaults.
/// </remarks>
public sealed record ElasticDistortion
{
    private const double LargestSigma = 100, LargestAlpha = 10_000;

    /// <summary>Standard deviation of the Gaussian, in pixels: how far neighbours move together. It is cut off at three of them. Default 5.</summary>
    public double Sigma { get; init; } = 5;

    /// <summary>What the blurred field is multiplied by, in pixels. Default 30.</summary>
    public double Alpha { get; init; } = 30;

    /// <summary>The Gaussian, whose numbers add up to 1, of odd length.</summary>
    internal float[] Kernel()
    {
        int radius = (int)Math.Ceiling(3 * Sigma);
        double[] heights = [.. Enumerable.Range(-radius, 2 * radius + 1).Select(at => Math.Exp(-at * at / (2 * Sigma * Sigma)))];
        double sum = heights.Sum();
        return Array.ConvertAll(heights, height => (float)(height / sum));
    }

    internal void Check()
    {
        Require.Positive(Sigma, "Augmentation.Elastic.Sigma", most: LargestSigma);
        Require.Positive(Alpha, "Augmentation.Elastic.Alpha", most: LargestAlpha);
    }
}
