using Microsoft.ML.Spiking.Events;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>How N-MNIST's and N-Caltech101's recordings become spike trains; the defaults are N-MNIST's.</summary>
/// <remarks>
/// A unit is a pixel of one polarity: (polarity · <see cref="Height"/> + y) · <see cref="Width"/> + x, where polarity is 0 for darker and 1 for brighter.
/// </remarks>
public sealed record EventFolderOptions : EventOptions
{
    // x is a byte, and y one whose 240 is no line.
    private const int MostWidth = 256, MostHeight = EventBinReader.TimerOverflow;

    /// <summary>Pixels of a line, 1 to 256. Default: 34.</summary>
    public int Width { get; init; } = 34;

    /// <summary>Lines, 1 to 240. Default: 34.</summary>
    public int Height { get; init; } = 34;

    internal override int UnitCount => 2 * Width * Height;

    internal override void Check()
    {
        Require.Positive(Width, nameof(Width), MostWidth);
        Require.Positive(Height, nameof(Height), MostHeight);
        base.Check();
    }
}
