using Microsoft.ML.Spiking.Applications;
using Microsoft.ML.Spiking.Samples.Web;
using SkiaSharp;

namespace Microsoft.ML.Spiking.Samples.Tests.Web;

/// <summary>Pictures for the tests, encoded as cameras and browsers do.</summary>
internal static class Pictures
{
    /// <summary>A digit in grey, as PNG: each pixel as so many.</summary>
    public static byte[] Png(float[] pixels, int times = 1)
    {
        using var bitmap = new SKBitmap(28 * times, 28 * times, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        for (int y = 0; y < bitmap.Height; y++)
        {
            for (int x = 0; x < bitmap.Width; x++)
            {
                byte grey = (byte)MathF.Round(255 * pixels[y / times * 28 + x / times]);
                bitmap.SetPixel(x, y, new SKColor(grey, grey, grey));
            }
        }
        return Encode(bitmap);
    }

    public static byte[] Encode(SKBitmap bitmap, SKEncodedImageFormat format = SKEncodedImageFormat.Png)
    {
        using SKData data = bitmap.Encode(format, 100);
        return data.ToArray();
    }

    /// <summary>A grey picture, written as lines of digits: 0 black, 9 white.</summary>
    public static GreyImage Grey(params string[] lines)
        => new(lines.Length, lines[0].Length, [.. lines.SelectMany(line => line).Select(grey => (grey - '0') / 9f)]);
}
