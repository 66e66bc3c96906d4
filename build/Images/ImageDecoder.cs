using SkiaSharp;

namespace Microsoft.ML.Spiking.Applications;

/// <summary>Reads a picture's file, in grey and upright: whole or not at all.</summary>
/// <remarks>Only calls that SkiaSharp 2.88 and 3 have alike, so that another package's newer one in the process does no harm.</remarks>
/// <param name="formats">The formats that are taken.</param>
/// <param name="largestSide">Pixels of a side; of more, nothing is unpacked.</param>
/// <param name="keptSide">Pixels of a side that are of use; larger pictures are averaged down as they turn grey.</param>
/// <param name="mostPixels">Pixels in all; of more, nothing is unpacked.</param>
internal sealed class ImageDecoder(IReadOnlySet<SKEncodedImageFormat> formats, int largestSide, int keptSide, long mostPixels = long.MaxValue)
{
    // Black and dark blue are hardly seen on black, pure red is.
    private const float LeastContrast = 0.15f;

    /// <param name="file">The file's bytes.</param>
    /// <param name="paper">What shows where the picture is transparent, 0 (black) or 1 (white); the other one under ink that would hardly be seen on it.</param>
    /// <exception cref="ImageFault">The bytes are no such picture, or not all of one.</exception>
    public GreyImage Decode(byte[] file, float paper)
    {
        using SKCodec? codec = SKCodec.Create(new SKMemoryStream(file), out SKCodecResult start);
        if (codec is null)
            throw start is SKCodecResult.Unimplemented ? new ImageFault(ImageFaultKind.NoImage, "is no image that can be read") : new ImageFault(ImageFaultKind.Damaged, "ends early or is damaged");
        if (!formats.Contains(codec.EncodedFormat)) throw new ImageFault(ImageFaultKind.OtherFormat, $"is a {codec.EncodedFormat.ToString().ToUpperInvariant()}");
        // Asked before anything is decoded: a small file can unpack to gigabytes.
        if (codec.Info.Width > largestSide || codec.Info.Height > largestSide || (long)codec.Info.Width * codec.Info.Height > mostPixels) throw new ImageFault(ImageFaultKind.TooLarge, $"is {codec.Info.Width} × {codec.Info.Height} pixels");
        if (codec.FrameCount > 1) throw new ImageFault(ImageFaultKind.Animated, $"is an animation of {codec.FrameCount} pictures");

        // A bitmap would be given where only its first lines are there too.
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        // Pixels that .NET's heap held would be held long after: Skia's are given back at once.
        using var pixels = new SKBitmap(info);
        if (codec.GetPixels(info, pixels.GetPixels()) != SKCodecResult.Success) throw new ImageFault(ImageFaultKind.Damaged, "ends early or is damaged");
        return Upright(Grey(Pixels(pixels), info.Height, info.Width, paper), codec.EncodedOrigin);
    }

    private static unsafe ReadOnlySpan<Rgba> Pixels(SKBitmap bitmap) => new((void*)bitmap.GetPixels(), bitmap.Width * bitmap.Height);

    private GreyImage Grey(ReadOnlySpan<Rgba> pixels, int height, int width, float paper)
    {
        int block = (Math.Max(height, width) + keptSide - 1) / keptSide, rows = (height + block - 1) / block, columns = (width + block - 1) / block;
        float shown = Math.Abs(Ink(pixels, paper) - paper) < LeastContrast ? 1 - paper : paper;
        var values = new float[rows * columns];
        if (block == 1)
        {
            for (int i = 0; i < values.Length; i++) values[i] = pixels[i].Over(shown);
            return new GreyImage(rows, columns, values);
        }
        var counts = new int[rows * columns];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int at = y / block * columns + x / block;
                values[at] += pixels[y * width + x].Over(shown);
                counts[at]++;
            }
        }
        for (int i = 0; i < values.Length; i++) values[i] /= counts[i];
        return new GreyImage(rows, columns, values);
    }

    /// <summary>Mean brightness of what is not transparent; where everything is, as far from the paper as can be.</summary>
    private static float Ink(ReadOnlySpan<Rgba> pixels, float paper)
    {
        double light = 0, opaque = 0;
        foreach (Rgba pixel in pixels)
        {
            light += pixel.Luminance * pixel.A;
            opaque += pixel.A;
        }
        return opaque == 0 ? 1 - paper : (float)(light / opaque);
    }

    /// <summary>Turned as the camera was held (Exif orientation).</summary>
    private static GreyImage Upright(GreyImage image, SKEncodedOrigin origin)
    {
        if (origin is SKEncodedOrigin.TopLeft) return image;
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
}
