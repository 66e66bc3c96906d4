using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Images;

namespace Microsoft.ML.Spiking;

/// <summary>
/// Each cortical column sees a patch of the image alone, as those of the visual cortex do (Hubel and Wiesel 1962): its weights elsewhere are 0 and stay 0.
/// </summary>
/// <remarks>
/// <para>The patches lie on a grid that covers the image from edge to edge, about as many across as down, row after row; where they overlap depends on how many
/// there are. Columns beyond the last patch start again at the first.</para>
/// <para>The feature column is an image of dimensions [height, width], [channels, height, width] or [height, width, channels], of up to 4 channels.</para>
/// </remarks>
public sealed record ReceptiveField
{
    private const int MostPixels = 65_536;

    /// <summary>Rows of a patch, in pixels. Default 14.</summary>
    public int Height { get; init; } = 14;

    /// <summary>Columns of a patch, in pixels. Default 14.</summary>
    public int Width { get; init; } = 14;

    /// <summary>Where a cortical column's patch lies.</summary>
    /// <param name="column">The cortical column.</param>
    /// <param name="columns">Cortical columns in all.</param>
    /// <param name="image">The image.</param>
    internal ImagePatch Of(int column, int columns, ImageShape image)
    {
        var (leastDown, leastAcross) = Least(image);
        int down = Math.Clamp((int)Math.Round(Math.Sqrt((double)columns * image.Height / image.Width)), leastDown, columns / leastAcross),
            across = columns / down;
        int cell = column % (down * across);
        return new ImagePatch(Start(cell / across, down, image.Height - Height), Start(cell % across, across, image.Width - Width), Height, Width);
    }

    internal void Check()
    {
        Require.Positive(Height, "ReceptiveField.Height", MostPixels);
        Require.Positive(Width, "ReceptiveField.Width", MostPixels);
    }

    /// <summary>What keeps the patches of so many cortical columns from covering an image; null where they do.</summary>
    internal string? Fault(int columns, ImageShape image)
    {
        if (Height > image.Height || Width > image.Width)
            return $"ReceptiveField is {Height} by {Width} pixels, but the image is {image.Height} by {image.Width}; make it no larger than the image, or "
                + "null to show every column all of it.";
        var (down, across) = Least(image);
        return down * across <= columns ? null
            : $"ReceptiveField is {Height} by {Width} pixels, and {columns} Columns are too few to cover an image of {image.Height} by {image.Width}; make "
                + $"it larger, or Columns at least {down * across}.";
    }

    /// <summary>Patches that cover an image side by side.</summary>
    private (int Down, int Across) Least(ImageShape image) => ((image.Height + Height - 1) / Height, (image.Width + Width - 1) / Width);

    private static int Start(int index, int count, int last) => count == 1 ? 0 : (int)Math.Round((double)index * last / (count - 1));
}
