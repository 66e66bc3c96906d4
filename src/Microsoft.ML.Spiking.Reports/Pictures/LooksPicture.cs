using System.Globalization;
using System.Xml.Linq;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Images;

namespace Microsoft.ML.Spiking;

/// <summary>One image as training may see it: as it is, and a line of looks for each augmentation.</summary>
internal static class LooksPicture
{
    private const int Looks = 9, Seed = 1;
    private const double Side = 78, Gap = (SvgPicture.Width - 2.0 * SvgPicture.Margin - (Looks + 1) * Side) / Looks, Down = Side + 40;

    public static SvgPicture Draw(ReadOnlySpan<float> pixels, int height, int width, IReadOnlyList<(string Name, ImageAugmentation Augmentation)> augmentations)
    {
        if (height < 1 || width < 1 || (long)height * width != pixels.Length)
            throw Trouble.Picture.Argument($"The image has {pixels.Length} pixels, but {height} rows of {width} are {(long)height * width}; give its own size.",
                nameof(pixels));
        foreach (var (_, augmentation) in augmentations) augmentation.Check();
        var shape = new ImageShape(1, height, width, 1);
        float[] image = pixels.ToArray();
        return new SvgPicture(
            "Augmented looks",
            "On the left an image as it is, and beside it as training may see it, by augmentation",
            SvgPicture.Top + augmentations.Count * Down,
            augmentations.Select((line, i) => Line(image, shape, line.Name, new ImageAugmenter(line.Augmentation, shape), SvgPicture.Top + i * Down)));
    }

    private static XElement Line(float[] image, ImageShape shape, string name, ImageAugmenter augmenter, double top)
    {
        float most = image.Max(Math.Abs);
        return Svg.Group(
            "looks",
            Svg.Text("ink", SvgPicture.Margin, top + 11, name),
            Enumerable.Range(-1, Looks + 1).Select(look =>
            {
                float[] seen = [.. image];
                if (look >= 0) augmenter.Change(seen, CounterRandom.FromSeed(Seed).For((ulong)look));
                return Pixels(seen, shape, most, SvgPicture.Margin + (look + 1) * (Side + Gap), top + 18, look < 0 ? "ink-line" : "frame-line");
            }));
    }

    private static XElement Pixels(float[] pixels, ImageShape shape, float most, double left, double top, string frame)
    {
        double scale = Side / Math.Max(shape.Height, shape.Width);
        var shades = new Shades("ink");
        for (int start = 0, end; start < pixels.Length; start = end)
        {
            int lineEnd = start - start % shape.Width + shape.Width;
            for (end = start + 1; end < lineEnd && Shade(end) == Shade(start); end++) { }
            shades.Add((double)Shade(start) / Shades.Count, start % shape.Width, start / shape.Width, end - start, 1);
        }
        return Svg.Group(
            "look",
            new XElement(Svg.Space + "g",
                new XAttribute("transform", $"translate({Svg.Number(left)} {Svg.Number(top)}) scale({scale.ToString("0.####", CultureInfo.InvariantCulture)})"),
                shades.Draw()),
            Svg.Rectangle(frame, left, top, shape.Width * scale, shape.Height * scale));

        int Shade(int pixel) => most > 0 ? Shades.Shade(Math.Abs(pixels[pixel]) / most) : 0;
    }
}
