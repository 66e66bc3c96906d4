using Microsoft.ML.Spiking.Applications;
using SkiaSharp;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>
/// An image as intensities: its luminance, 0 to 1, upright, in the size asked for. What is transparent is empty, 0, unless the ink could not be seen on it.
/// </summary>
internal static class ImageFile
{
    /// <summary>Pixels of a side, and in all: memory for the largest is some half of a gigabyte.</summary>
    private const int LargestSide = 16_384, MostPixels = 1 << 26;

    private const string Formats = "give a PNG, JPEG, BMP, GIF or WebP file that an image viewer can open.";

    private static readonly ImageDecoder s_decoder = new(
        new HashSet<SKEncodedImageFormat> { SKEncodedImageFormat.Png, SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Bmp, SKEncodedImageFormat.Gif,
            SKEncodedImageFormat.Webp },
        LargestSide, keptSide: LargestSide, MostPixels);

    public static IReadOnlySet<string> Extensions { get; } =
        new HashSet<string>(StringComparer.OrdinalIgnoreCase) { ".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp" };

    public static float[] Read(string path, ImageSize size, ImageTone tone)
    {
        GreyImage image = Decode(path, tone);
        if (tone is ImageTone.DarkOnLight)
            foreach (ref float light in image.Values.AsSpan()) light = 1 - light;
        return Average(image.Values, new ImageSize(image.Width, image.Height), size);
    }

    private static GreyImage Decode(string path, ImageTone tone)
    {
        if (!File.Exists(path)) throw Failure.Input($"'{path}' does not exist.", "check the path; it is relative to the current folder.");
        try
        {
            return s_decoder.Decode(File.ReadAllBytes(path), paper: tone is ImageTone.LightOnDark ? 0 : 1);
        }
        catch (ImageFault fault)
        {
            throw fault.Kind switch
            {
                ImageFaultKind.Damaged => Failure.Input($"'{path}' {fault.Message}.", "copy the image anew, or take it out.", fault),
                ImageFaultKind.Animated => Failure.Input($"'{path}' {fault.Message}, but the network looks at one.",
                    "save the picture that is meant as a PNG, or take the file out.", fault),
                ImageFaultKind.TooLarge => Failure.Input(
                    $"'{path}' {fault.Message}, but at most {LargestSide} of a side and {MostPixels} in all are read.", "make it smaller.", fault),
                ImageFaultKind.OtherFormat => Failure.Input($"'{path}' {fault.Message}, which is not read here.", Formats, fault),
                _ => Failure.Input($"'{path}' cannot be read as an image.", Formats, fault),
            };
        }
    }

    /// <summary>Each pixel is the mean of the part of the image that it covers; an image of the size asked for stays as it is.</summary>
    private static float[] Average(float[] luminance, ImageSize from, ImageSize to)
    {
        if (from == to) return luminance;

        var result = new float[to.Pixels];
        var columns = Enumerable.Range(0, to.Width).Select(x => Cover(x, from.Width, to.Width)).ToArray();
        for (int y = 0; y < to.Height; y++)
        {
            var rows = Cover(y, from.Height, to.Height);
            for (int x = 0; x < to.Width; x++)
            {
                double sum = 0, weight = 0;
                foreach (var (row, rowShare) in rows)
                    foreach (var (column, columnShare) in columns[x])
                    {
                        sum += rowShare * columnShare * luminance[row * from.Width + column];
                        weight += rowShare * columnShare;
                    }
                result[y * to.Width + x] = (float)(sum / weight);
            }
        }
        return result;
    }

    /// <summary>The pixels under one of fewer or more, and how much of each.</summary>
    private static (int Pixel, double Share)[] Cover(int pixel, int from, int to)
    {
        double start = (double)pixel * from / to, end = (double)(pixel + 1) * from / to;
        int first = (int)start, last = Math.Min(from - 1, (int)Math.Ceiling(end) - 1);
        return [.. Enumerable.Range(first, Math.Max(1, last - first + 1)).Select(p => (p, Math.Max(1e-9, Math.Min(end, p + 1) - Math.Max(start, p))))];
    }
}
