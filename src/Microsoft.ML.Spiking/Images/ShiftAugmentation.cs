using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>
/// In training each image is shown moved by a whole number of pixels, drawn anew at every look, down or up and right or left alike; what comes in is 0.
/// </summary>
/// <remarks>
/// The feature column is an image of dimensions [height, width], [channels, height, width] or [height, width, channels], of up to 4 channels. Prediction moves
/// nothing.
/// </remarks>
public sealed record ShiftAugmentation
{
    private const int Source = 1, MostPixels = 65_536;

    /// <summary>Pixels that an image moves in each direction at the most; all shifts up to it are equally likely. Default 2.</summary>
    public int MaximumShift { get; init; } = 2;

    /// <summary>How far a sample moves.</summary>
    /// <param name="sample">The sample's own source of noise.</param>
    internal (int Down, int Right) Draw(CounterRandom sample)
    {
        var stream = new RandomStream(sample.For(Source));
        int Drawn() => stream.Below(2 * MaximumShift + 1) - MaximumShift;
        return (Drawn(), Drawn());
    }

    internal void Check() => Require.Positive(MaximumShift, "Augmentation.MaximumShift", MostPixels);
}
