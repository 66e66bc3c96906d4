using System.Globalization;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>The size that images are brought to, in pixels.</summary>
internal readonly record struct ImageSize(int Width, int Height)
{
    public const int Largest = 4096;

    /// <summary>MNIST's.</summary>
    public static ImageSize Digit { get; } = new(28, 28);

    public int Pixels => Width * Height;

    public override string ToString() => $"{Width}x{Height}";

    /// <summary>Reads WIDTHxHEIGHT; null where that is no size.</summary>
    public static ImageSize? TryParse(string text)
        => text.Split('x', 'X') is [var width, var height] && Side(width) is { } w && Side(height) is { } h ? new ImageSize(w, h) : null;

    private static int? Side(string text)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int side) && side is >= 1 and <= Largest ? side : null;
}
