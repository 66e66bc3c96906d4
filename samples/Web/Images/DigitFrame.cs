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

    /// <summary>How far each pixel is from the paper, whose brightness is the border's median, towards the ink: 0 to 1.</summary>
    private static GreyImage Ink(GreyImage image)
    {
        float paper = BorderMedian(image), light = image.Values.Max() - paper, dark = paper - image.Values.Min();
        float contrast = light > dark ? light : -dark;
        if (Math.Abs(contrast) < LeastContrast) throw RequestFault.Bad("The image shows no digit: it is equally bright all over.");
        return image with { Values = [.. image.Values.Select(value => (value - paper) / contrast is >= Grain and var ink ? ink : 0)] };
    }

    private static float BorderMedian(GreyImage image)
    {
        List<float> border = [];
        for (int x = 0; x < image.Width; x++) border.AddRange([image[0, x], image[image.Height - 1, x]]);
        for (int y = 1; y < image.Height - 1; y++) border.AddRange([image[y, 0], image[y, image.Width - 1]]);
        border.Sort();
        return border[border.Count / 2];
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
