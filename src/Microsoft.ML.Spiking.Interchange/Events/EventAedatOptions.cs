using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>How AEDAT4 recordings, those of iniVation's DV, become spike trains.</summary>
/// <remarks>
/// A unit is a pixel of one polarity: (polarity · height + y) · width + x, where polarity is 0 for darker and 1 for brighter. Times count from a recording's
/// first event.
/// </remarks>
public sealed record EventAedatOptions : EventOptions
{
    /// <summary>Pixels of a line, 1 to 32,767. Default: null, for what the first recording says.</summary>
    public int? Width { get; init; }

    /// <summary>Lines, 1 to 32,767. Default: null, for what the first recording says.</summary>
    public int? Height { get; init; }

    /// <summary>The stream of a recording that is read, by its number. Default: null, for the only one of events.</summary>
    public int? Stream { get; init; }

    /// <summary>0 while the camera's size is not known.</summary>
    internal override int UnitCount => 2 * (Width ?? 0) * (Height ?? 0);

    internal override void Check()
    {
        if (Width is { } width) Require.Positive(width, nameof(Width), short.MaxValue);
        if (Height is { } height) Require.Positive(height, nameof(Height), short.MaxValue);
        Require.That(Stream is null or >= 0, $"{nameof(Stream)} is {Stream}, but streams are numbered from 0.");
        base.Check();
    }
}
