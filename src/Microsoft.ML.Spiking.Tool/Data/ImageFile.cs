using SkiaSharp;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>An image as intensities: its luminance, 0 to 1, in the size asked for. What is transparent is empty, 0.</summary>
/// <remarks>Only calls that SkiaSharp 2.88 and 3 have alike, so that another package's newer one in the process does no harm.</remarks>
internal static class ImageFile
{
    public static IReadOnlySet<string> Extensions { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { ".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp" };

    /// <summary>The images that lie in a folder itself, in the order of their names.</summary>
    public static IReadOnlyList<string> In(string folder)
        => [.. Directory.EnumerateFiles(folder).Where(file => Extensions.Contains(Path.GetExtension(file))).Order(StringComparer.Ordinal)];

    public static float[] Read(string path, ImageSize size, ImageTone tone)
    {
        using SKBitmap? decoded = File.Exists(path) ? SKBitmap.Decode(path) : throw Failure.Input($"'{path}' does not exist.", "check the path; it is relative to the current folder.");
        if (decoded is null) throw Failure.Input($"'{path}' cannot be read as an image.", "give a PNG, JPEG, BMP, GIF or WebP file that an image viewer can open.");

        using var painted = new SKBitmap(new SKImageInfo(decoded.Width, decoded.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        using (var canvas = new SKCanvas(painted))
        {
            canvas.Clear(tone is ImageTone.LightOnDark ? SKColors.Black : SKColors.White);
            canvas.DrawBitmap(decoded, 0, 0);
        }
        return Average(painted.Bytes, painted.RowBytes, new ImageSize(decoded.Width, decoded.Height), size, tone);
    }

    /// <summary>Each pixel is the mean of the part of the image that it covers; an image of the size asked for stays as it is.</summary>
    private static float[] Average(byte[] rgba, int rowBytes, ImageSize from, ImageSize to, ImageTone tone)
    {
        var luminance = new float[from.Pixels];
        for (int y = 0; y < from.Height; y++)
            for (int x = 0; x < from.Width; x++)
            {
                int at = y * rowBytes + 4 * x;
                float light = (0.2126f * rgba[at] + 0.7152f * rgba[at + 1] + 0.0722f * rgba[at + 2]) / 255;
                luminance[y * from.Width + x] = tone is ImageTone.LightOnDark ? light : 1 - light;
            }
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
