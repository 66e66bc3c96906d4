using Microsoft.ML.Spiking.Applications;

namespace Microsoft.ML.Spiking.Samples.Web;

/// <summary>Brings a drawn or photographed digit to MNIST's convention: bright on black, its longer side 20 of 28 pixels, its centre of mass in the middle.</summary>
/// <param name="height">Rows of the network's image.</param>
/// <param name="width">Its columns.</param>
internal sealed class DigitFrame(int height, int width)
{
    // LeCun, Cortes and Burges (1998): digits of 20 by 20 in a field of 28 by 28.
    private const float Box = 20f / 28;

    /// <summary>Difference in brightness, 0 to 1, from which on there is a digit at all.</summary>
    private const float LeastContrast = 0.1f;

    /// <summary>What differs less from the paper, as part of the ink's difference, is paper: grain, shadows.</summary>
    private const float Grain = 0.2f;

    /// <summary>The digit as the network is to see it, [height · width], 0 to 1.</summary>
    /// <exception cref="RequestFault">There is none in the picture.</exception>
    public float[] Fit(GreyImage image)
    {
        GreyImage ink = Ink(image);
        int top = int.MaxValue, bottom = -1, left = int.MaxValue, right = -1;
        float mass = 0, down = 0, across = 0;
        for (int y = 0; y < ink.Height; y++)
        {
            for (int x = 0; x < ink.Width; x++)
            {
                if (ink[y, x] is not (> 0 and var value)) continue;
                (top, bottom, left, right) = (Math.Min(top, y), y, Math.Min(left, x), Math.Max(right, x));
                mass += value;
                down += value * (y + 0.5f);
                across += value * (x + 0.5f);
            }
        }

        // Each pixel of the network's image is the mean of the patch of the picture that lies under it.
        float patch = Math.Max(bottom - top + 1, right - left + 1) / (Box * Math.Min(height, width));
        float[] pixels = Patches(ink, Cover(height, ink.Height, down / mass, patch), Cover(width, ink.Width, across / mass, patch));
        float brightest = pixels.Max();
        return [.. pixels.Select(pixel => pixel / brightest)];
    }

    /// <summary>How far each pixel is from the paper, towards the ink: 0 to 1.</summary>
    private static GreyImage Ink(GreyImage image)
    {
        float[] off = OffPaper(image);
        float light = off.Max(), dark = -off.Min(), contrast = light > dark ? light : -dark;
        if (Math.Abs(contrast) < LeastContrast) throw RequestFault.Bad("The image shows no digit: it is equally bright all over.");
        return image with { Values = [.. off.Select(value => value / contrast is >= Grain and var ink ? ink : 0)] };
    }

    /// <summary>How much brighter than the paper each pixel is. The paper is a plane through the medians of the four sides: light falls from one side.</summary>
    private static float[] OffPaper(GreyImage image)
    {
        int bottom = image.Height - 1, right = image.Width - 1;
        float Median(int count, Func<int, float> side) => Enumerable.Range(0, count).Select(side).Order().ElementAt(count / 2);
        float north = Median(image.Width, x => image[0, x]), south = Median(image.Width, x => image[bottom, x]);
        float west = Median(image.Height, y => image[y, 0]), east = Median(image.Height, y => image[y, right]);
        float middle = (north + south + west + east) / 4, fall = (south - north) / Math.Max(1, bottom), rise = (east - west) / Math.Max(1, right);
        return [.. image.Values.Select((value, i) => value - (middle + fall * (i / image.Width - bottom / 2f) + rise * (i % image.Width - right / 2f)))];
    }

    /// <summary>Which of the picture's lines lie under each line of the network's image, and how much of each.</summary>
    /// <param name="lines">Lines of the network's image.</param>
    /// <param name="there">Lines of the picture.</param>
    /// <param name="centre">Where in the picture the middle of the network's image lies: of its middle line, 14 of 28, as MNIST has it.</param>
    /// <param name="patch">Lines of the picture that one of the network's covers.</param>
    private static (int Line, float Share)[][] Cover(int lines, int there, float centre, float patch)
    {
        var cover = new (int, float)[lines][];
        for (int i = 0; i < lines; i++)
        {
            float from = centre + (i - lines / 2 - 0.5f) * patch, to = from + patch;
            int first = Math.Max(0, (int)MathF.Floor(from)), last = Math.Min(there - 1, (int)MathF.Ceiling(to) - 1);
            cover[i] = [.. Enumerable.Range(first, Math.Max(0, last - first + 1)).Select(line => (line, (Math.Min(to, line + 1) - Math.Max(from, line)) / patch))];
        }
        return cover;
    }

    private static float[] Patches(GreyImage ink, (int Line, float Share)[][] rows, (int Line, float Share)[][] columns)
        => [.. from row in rows from column in columns select row.Sum(y => y.Share * column.Sum(x => x.Share * ink[y.Line, x.Line]))];
}
