using System.Runtime.InteropServices;
using SkiaSharp;

namespace Microsoft.ML.Spiking.Samples.Web;

/// <summary>Decodes PNG and JPEG.</summary>
internal static class ImageDecoder
{
    /// <summary>Pixels of a side: more than a phone's camera makes.</summary>
    public const int LargestSide = 4096;

    // A digit needs no more: larger pictures are averaged down as they turn grey.
    private const int KeptSide = 1024;

    /// <exception cref="RequestFault">The bytes are no such image, or one that is too large.</exception>
    public static GreyImage Decode(byte[] file)
    {
        using SKData data = SKData.CreateCopy(file);
        using SKCodec? codec = SKCodec.Create(data);
        if (codec is null) throw RequestFault.Bad("The file is no image that can be read; send a PNG or JPEG.");
        if (codec.EncodedFormat is not (SKEncodedImageFormat.Png or SKEncodedImageFormat.Jpeg))
            throw new RequestFault(StatusCodes.Status415UnsupportedMediaType, $"The image is a {codec.EncodedFormat.ToString().ToUpperInvariant()}; send a PNG or JPEG.");
        // Asked before anything is decoded: a small file can unpack to gigabytes.
        if (codec.Info.Width > LargestSide || codec.Info.Height > LargestSide)
            throw new RequestFault(StatusCodes.Status413PayloadTooLarge, $"The image is {codec.Info.Width} × {codec.Info.Height} pixels; send one of at most {LargestSide} × {LargestSide}.");

        using var bitmap = new SKBitmap(new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        if (codec.GetPixels(bitmap.Info, bitmap.GetPixels()) != SKCodecResult.Success) throw RequestFault.Bad("The image ends early or is damaged; send it again.");
        return Upright(Grey(MemoryMarshal.Cast<byte, Rgba>(bitmap.GetPixelSpan()), bitmap.Height, bitmap.Width), codec.EncodedOrigin);
    }

    /// <summary>Luma, averaged over blocks where the picture is large. What is transparent is paper: black under light ink, else white.</summary>
    private static GreyImage Grey(ReadOnlySpan<Rgba> pixels, int height, int width)
    {
        int block = (Math.Max(height, width) + KeptSide - 1) / KeptSide, rows = (height + block - 1) / block, columns = (width + block - 1) / block;
        float paper = Paper(pixels);
        var values = new float[rows * columns];
        var counts = new int[rows * columns];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int at = y / block * columns + x / block;
                values[at] += pixels[y * width + x].Over(paper);
                counts[at]++;
            }
        }
        for (int i = 0; i < values.Length; i++) values[i] /= counts[i];
        return new GreyImage(rows, columns, values);
    }

    private static float Paper(ReadOnlySpan<Rgba> pixels)
    {
        double light = 0, opaque = 0;
        foreach (Rgba pixel in pixels)
        {
            light += pixel.Luma * pixel.A;
            opaque += pixel.A;
        }
        return light > opaque / 2 ? 0 : 1;
    }

    /// <summary>Turned as the camera was held (Exif orientation).</summary>
    private static GreyImage Upright(GreyImage image, SKEncodedOrigin origin)
    {
        bool swapped = origin >= SKEncodedOrigin.LeftTop;
        (int height, int width) = swapped ? (image.Width, image.Height) : (image.Height, image.Width);
        int bottom = image.Height - 1, right = image.Width - 1;
        var values = new float[height * width];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                values[y * width + x] = origin switch
                {
                    SKEncodedOrigin.TopRight => image[y, right - x],
                    SKEncodedOrigin.BottomRight => image[bottom - y, right - x],
                    SKEncodedOrigin.BottomLeft => image[bottom - y, x],
                    SKEncodedOrigin.LeftTop => image[x, y],
                    SKEncodedOrigin.RightTop => image[bottom - x, y],
                    SKEncodedOrigin.RightBottom => image[bottom - x, right - y],
                    SKEncodedOrigin.LeftBottom => image[x, right - y],
                    _ => image[y, x],
                };
            }
        }
        return new GreyImage(height, width, values);
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Rgba(byte R, byte G, byte B, byte A)
    {
        /// <summary>Brightness, 0 to 1 (ITU-R BT.601).</summary>
        public float Luma => (0.299f * R + 0.587f * G + 0.114f * B) / 255;

        /// <summary>Brightness over paper that shows where the pixel is transparent.</summary>
        public float Over(float paper) => paper + (Luma - paper) * A / 255;
    }
}
