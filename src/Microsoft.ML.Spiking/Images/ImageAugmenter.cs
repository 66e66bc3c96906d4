using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Images;

/// <summary>An <see cref="ImageAugmentation"/> of images of one shape.</summary>
internal sealed class ImageAugmenter(ImageAugmentation rule, ImageShape image)
{
    private readonly ImageWarp? _warp = rule.Interpolates ? new ImageWarp(rule, image) : null;

    public ImageAugmentation Rule => rule;

    public ImageShape Image => image;

    /// <summary>Whether each number of a look is one of the image's, or 0: what is held as bytes stays bytes.</summary>
    public bool KeepsNumbers => _warp is null;

    /// <summary>Changes an image as one sample of a batch sees it, in place.</summary>
    /// <param name="pixels">The row's numbers.</param>
    /// <param name="sample">The sample's own source of noise.</param>
    public void Change(Span<float> pixels, CounterRandom sample)
    {
        if (_warp is null)
        {
            Move(pixels, sample);
            return;
        }
        if (rule.Mirrors(sample)) image.Mirror(pixels);
        _warp.Run(pixels, sample);
    }

    /// <summary>The same, of an augmentation that <see cref="KeepsNumbers"/>.</summary>
    /// <param name="pixels">The row's numbers.</param>
    /// <param name="sample">The sample's own source of noise.</param>
    public void Move<T>(Span<T> pixels, CounterRandom sample)
    {
        if (rule.Mirrors(sample)) image.Mirror(pixels);
        if (rule.MaximumShift == 0) return;
        var (down, right) = rule.Draw(sample);
        image.Shift(pixels, down, right);
    }
}
