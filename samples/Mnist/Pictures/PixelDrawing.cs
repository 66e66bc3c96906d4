using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace Microsoft.ML.Spiking.Samples.Mnist;

/// <summary>An image's pixels as SVG: one path for each shade, of all the horizontal runs that have it.</summary>
/// <remarks>A path a shade, and not a rectangle a pixel, keeps a grid of images in one small file.</remarks>
internal static class PixelDrawing
{
    private const int Shades = 16;

    public static IEnumerable<XElement> Of(PredictedImage image)
    {
        var runs = new StringBuilder[Shades];
        for (int row = 0; row < image.Rows; row++)
        {
            for (int column = 0; column < image.Columns;)
            {
                int shade = ShadeAt(image, row, column);
                int start = column;
                while (column < image.Columns && ShadeAt(image, row, column) == shade)
                    column++;
                runs[shade] = (runs[shade] ?? new()).Append(CultureInfo.InvariantCulture, $"M{start} {row}h{column - start}v1H{start}z");
            }
        }

        // Shade 0 is the bare card.
        for (int shade = 1; shade < Shades; shade++)
        {
            if (runs[shade] is { } path)
                yield return new XElement(
                    Svg.Space + "path",
                    new XAttribute("fill-opacity", Opacity(shade)),
                    new XAttribute("d", path));
        }
    }

    private static int ShadeAt(PredictedImage image, int row, int column)
    {
        float ink = Math.Clamp(image.Pixels[row * image.Columns + column], 0, 1);
        return (int)MathF.Round(ink * (Shades - 1));
    }

    private static double Opacity(int shade) => Math.Round(shade / (Shades - 1.0), 2);
}
