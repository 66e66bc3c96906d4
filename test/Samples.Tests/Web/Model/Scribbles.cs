using Microsoft.ML.Spiking.Applications;
using SkiaSharp;

namespace Microsoft.ML.Spiking.Samples.Tests.Web;

/// <summary>What people draw that is no digit, on the page's pad and with its pen.</summary>
internal static class Scribbles
{
    private const int Side = 224;
    private const float Pen = 0.1f * Side, Middle = Side / 2f;

    // Letters unlike any digit, of lines: x and y in fifths of the letter, from the top left.
    private static readonly (string Name, string Lines)[] s_letters =
    [
        ("A", "05 20 45|13 33"), ("E", "40 00 05 45|03 33"), ("F", "40 00 05|03 33"), ("H", "00 05|40 45|03 43"), ("K", "00 05|40 03 45"), ("M", "05 00 23 40 45"), ("N", "05 00 45 40"),
        ("R", "05 00 30 41 42 33 03|23 45"), ("U", "00 04 15 35 44 40"), ("V", "00 25 40"), ("W", "00 15 22 35 40"), ("X", "00 45|40 05"),
    ];

    public static (string Kind, Func<Random, GreyImage> Draw)[] Kinds { get; } =
    [
        ("scribbles of 25 turns", random => Draw((canvas, pen) => Walk(canvas, pen, random, 25))),
        ("scribbles of 60 turns", random => Draw((canvas, pen) => Walk(canvas, pen, random, 60))),
        ("hatched patches", random => Draw((canvas, pen) => Hatch(canvas, pen, random))),
        ("half-filled pads", random => Draw((canvas, pen) => Half(canvas, pen, random))),
        ("blots", random => Draw((canvas, pen) => Blot(canvas, pen, random))),
        ("stars", random => Draw((canvas, pen) => Star(canvas, pen, random))),
        ("letters", random => Draw((canvas, pen) => Letter(canvas, pen, random))),
    ];

    private static GreyImage Draw(Action<SKCanvas, SKPaint> draw)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(Side, Side, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        bitmap.Erase(SKColors.White);
        using var canvas = new SKCanvas(bitmap);
        using var pen = new SKPaint { Color = SKColors.Black, StrokeWidth = Pen, Style = SKPaintStyle.Stroke, StrokeCap = SKStrokeCap.Round, StrokeJoin = SKStrokeJoin.Round, IsAntialias = true };
        draw(canvas, pen);
        byte[] rgba = bitmap.Bytes;
        return new GreyImage(Side, Side, [.. Enumerable.Range(0, Side * Side).Select(i => rgba[4 * i] / 255f)]);
    }

    /// <summary>A line that wanders over the pad.</summary>
    private static void Walk(SKCanvas canvas, SKPaint pen, Random random, int turns)
    {
        using var path = new SKPath();
        float x = Within(random, 60, 164), y = Within(random, 60, 164), angle = Within(random, 0, 2 * MathF.PI);
        path.MoveTo(x, y);
        for (int i = 0; i < turns; i++)
        {
            angle += Within(random, -1.4f, 1.4f);
            (x, y) = (Math.Clamp(x + 40 * MathF.Cos(angle), 15, 209), Math.Clamp(y + 40 * MathF.Sin(angle), 15, 209));
            if (x is 15 or 209 || y is 15 or 209) angle += 2;
            path.LineTo(x, y);
        }
        canvas.DrawPath(path, pen);
    }

    private static void Hatch(SKCanvas canvas, SKPaint pen, Random random)
    {
        using var path = new SKPath();
        float across = Within(random, 60, 95), down = Within(random, 60, 95), pitch = Within(random, 10, 25);
        path.MoveTo(Middle - across, Middle - down);
        int side = 1;
        for (float y = -down; y < down; y += pitch, side = -side) path.LineTo(Middle + side * across, Middle + y + Within(random, -3, 3));
        canvas.DrawPath(path, pen);
    }

    private static void Half(SKCanvas canvas, SKPaint pen, Random random)
    {
        pen.Style = SKPaintStyle.Fill;
        canvas.RotateDegrees(90 * random.Next(4), Middle, Middle);
        canvas.DrawRect(new SKRect(12, 12, 212, Within(random, 90, 134)), pen);
    }

    private static void Blot(SKCanvas canvas, SKPaint pen, Random random)
    {
        pen.Style = SKPaintStyle.Fill;
        canvas.DrawOval(Within(random, 90, 134), Within(random, 90, 134), Within(random, 11, 80), Within(random, 11, 80), pen);
    }

    private static void Star(SKCanvas canvas, SKPaint pen, Random random)
    {
        int lines = random.Next(3, 6);
        canvas.RotateDegrees(Within(random, 0, 90), Middle, Middle);
        for (int i = 0; i < lines; i++)
        {
            canvas.DrawLine(Middle - 80, Middle, Middle + 80, Middle, pen);
            canvas.RotateDegrees(180f / lines, Middle, Middle);
        }
    }

    private static void Letter(SKCanvas canvas, SKPaint pen, Random random)
    {
        canvas.RotateDegrees(Within(random, -8, 8), Middle, Middle);
        canvas.Scale(Within(random, 0.75f, 1.1f), Within(random, 0.75f, 1.1f), Middle, Middle);
        using var path = new SKPath();
        foreach (string line in s_letters[random.Next(s_letters.Length)].Lines.Split('|'))
            path.AddPoly([.. line.Split(' ').Select(point => new SKPoint(70 + 21 * (point[0] - '0'), 42 + 28 * (point[1] - '0')))], close: false);
        canvas.DrawPath(path, pen);
    }

    private static float Within(Random random, float from, float to) => from + (to - from) * random.NextSingle();
}
