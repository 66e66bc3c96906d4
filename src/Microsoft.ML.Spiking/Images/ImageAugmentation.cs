using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Images;

namespace Microsoft.ML.Spiking;

/// <summary>
/// In training each image is shown changed, drawn anew at every look: moved, and where the options say so mirrored, turned, stretched, sheared and distorted;
/// what comes in is 0.
/// </summary>
/// <remarks>
/// <para>The feature column is an image of dimensions [height, width], [channels, height, width] or [height, width, channels], of up to 4 channels, which
/// change alike. Prediction changes nothing.</para>
/// <para>Shifts alone move whole pixels. The rest is one map from the pixels of the look to places of the image, about its middle, read off by bilinear
/// interpolation. What is drawn is a function of the seed, the batch and the row's place in it, the same in every engine and on any number of threads.</para>
/// </remarks>
public sealed record ImageAugmentation
{
    private const int ShiftSource = 1, FlipSource = 2, MapSource = 3, MostPixels = 65_536;
    private const double MostDegrees = 180, MostPart = 10;

    /// <summary>
    /// Pixels that an image moves down or up and right or left at the most; all shifts up to it are equally likely, and 0 is none. Default 2.
    /// </summary>
    public int MaximumShift { get; init; } = 2;

    /// <summary>Degrees that an image is turned by at the most, either way; all angles up to it are equally likely. Default 0.</summary>
    public double MaximumRotation { get; init; }

    /// <summary>
    /// Fraction by which height and width, each by itself, are stretched at the most: 0.15 for 1 / 1.15 to 1.15 times, whose logarithms are equally likely.
    /// Default 0.
    /// </summary>
    public double MaximumScaling { get; init; }

    /// <summary>Pixels that a row is moved sideways at the most for each row from the middle, all up to it equally likely: a slant. Default 0.</summary>
    public double MaximumShear { get; init; }

    /// <summary>Distorts an image as if it were drawn on rubber; null where it does not. Default null.</summary>
    public ElasticDistortion? Elastic { get; init; }

    /// <summary>
    /// Whether every other look, by chance, is mirrored, left for right: for things, which look alike from both sides, and not for characters. Default false.
    /// </summary>
    public bool HorizontalFlip { get; init; }

    /// <summary>Whether a look shows pixels between those of the image.</summary>
    internal bool Interpolates => MaximumRotation > 0 || MaximumScaling > 0 || MaximumShear > 0 || Elastic is not null;

    /// <summary>Whether it does no more than move images.</summary>
    internal bool OnlyShifts => !Interpolates && !HorizontalFlip;

    /// <summary>How far a sample moves.</summary>
    /// <param name="sample">The sample's own source of noise.</param>
    internal (int Down, int Right) Draw(CounterRandom sample)
    {
        var stream = new RandomStream(sample.For(ShiftSource));
        int Drawn() => stream.Below(2 * MaximumShift + 1) - MaximumShift;
        return (Drawn(), Drawn());
    }

    /// <summary>Whether a sample is mirrored.</summary>
    /// <param name="sample">The sample's own source of noise.</param>
    internal bool Mirrors(CounterRandom sample) => HorizontalFlip && sample.For(FlipSource).Uniform(0) < 0.5;

    /// <summary>Where a look at a sample takes its pixels from, but for <see cref="Elastic"/>.</summary>
    /// <param name="sample">The sample's own source of noise.</param>
    internal AffineMap Map(CounterRandom sample)
    {
        var stream = new RandomStream(sample.For(MapSource));
        double Drawn() => 2 * stream.Uniform() - 1;
        double angle = Drawn() * MaximumRotation / 180 * Math.PI, height = Math.Pow(1 + MaximumScaling, Drawn()), width = Math.Pow(1 + MaximumScaling, Drawn()),
            shear = Drawn() * MaximumShear;
        var (down, right) = Draw(sample);
        return AffineMap.Back(angle, height, width, shear, down, right);
    }

    internal void Check()
    {
        Require.NotNegative(MaximumShift, "Augmentation.MaximumShift", MostPixels);
        Require.NotNegative(MaximumRotation, "Augmentation.MaximumRotation", MostDegrees);
        Require.NotNegative(MaximumScaling, "Augmentation.MaximumScaling", MostPart);
        Require.NotNegative(MaximumShear, "Augmentation.MaximumShear", MostPart);
        Elastic?.Check();
        Require.That(MaximumShift > 0 || !OnlyShifts,
            "Augmentation.MaximumShift is 0, and all else that it may do is off too; say what it is to do, or leave Augmentation null.");
    }
}
