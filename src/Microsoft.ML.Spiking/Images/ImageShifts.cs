using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Images;

/// <summary>A <see cref="ShiftAugmentation"/> of images of one shape.</summary>
internal sealed record ImageShifts(ShiftAugmentation Rule, ImageShape Image)
{
    /// <summary>Moves an image as one sample of a batch sees it, in place.</summary>
    /// <param name="pixels">The row's numbers.</param>
    /// <param name="sample">The sample's own source of noise.</param>
    public void Move<T>(Span<T> pixels, CounterRandom sample)
    {
        var (down, right) = Rule.Draw(sample);
        Image.Shift(pixels, down, right);
    }
}
