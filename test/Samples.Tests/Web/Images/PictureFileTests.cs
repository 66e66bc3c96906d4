using System.Buffers.Binary;
using Microsoft.ML.Spiking.Applications;
using Microsoft.ML.Spiking.Samples.Web;
using SkiaSharp;

namespace Microsoft.ML.Spiking.Samples.Tests.Web;

[TestClass]
public sealed class PictureFileTests
{
    [TestMethod]
    public void Colours_turn_grey_by_their_luminance()
    {
        using var bitmap = new SKBitmap(3, 1, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        (SKColor, float)[] colours = [(SKColors.Red, 0.2126f), (SKColors.Lime, 0.7152f), (SKColors.Blue, 0.0722f)];
        for (int x = 0; x < 3; x++) bitmap.SetPixel(x, 0, colours[x].Item1);
        GreyImage image = PictureFile.Decode(Pictures.Encode(bitmap));
        for (int x = 0; x < 3; x++) Assert.AreEqual(colours[x].Item2, image[0, x], 1e-5);
    }

    [TestMethod]
    public void Under_black_ink_what_is_transparent_is_white_paper_and_under_white_ink_black()
    {
        foreach ((SKColor ink, float paper) in (ReadOnlySpan<(SKColor, float)>)[(SKColors.Black, 1), (SKColors.White, 0)])
        {
            using var bitmap = new SKBitmap(2, 1, SKColorType.Rgba8888, SKAlphaType.Unpremul);
            bitmap.SetPixel(0, 0, SKColors.Transparent);
            bitmap.SetPixel(1, 0, ink);
            CollectionAssert.AreEqual(new[] { paper, 1 - paper }, PictureFile.Decode(Pictures.Encode(bitmap)).Values);
        }
    }

    [TestMethod]
    public void A_large_picture_is_averaged_down_to_a_thousand_pixels_a_side()
    {
        using var bitmap = new SKBitmap(2048, 10, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        bitmap.Erase(SKColors.Black);
        bitmap.SetPixel(0, 0, SKColors.White);
        GreyImage image = PictureFile.Decode(Pictures.Encode(bitmap));
        Assert.AreEqual((5, 1024), (image.Height, image.Width));
        Assert.AreEqual(0.25, image[0, 0], 1e-5);   // one of the four pixels of its block
    }

    [TestMethod]
    public void A_photograph_is_turned_as_the_camera_was_held()
    {
        using var bitmap = new SKBitmap(16, 8, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        bitmap.Erase(SKColors.Black);
        for (int y = 0; y < 8; y++)
            for (int x = 0; x < 8; x++) bitmap.SetPixel(x, y, SKColors.White);   // white on the left
        // Exif's orientation 6: what is stored on the left was up.
        byte[] jpeg = Pictures.Encode(bitmap, SKEncodedImageFormat.Jpeg);
        byte[] exif = [0xFF, 0xE1, 0, 34, .. "Exif\0\0MM\0*\0\0\0\b"u8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
        GreyImage image = PictureFile.Decode([.. jpeg[..2], .. exif, .. jpeg[2..]]);
        Assert.AreEqual((16, 8), (image.Height, image.Width));
        Assert.IsTrue(image[1, 4] > 0.9f && image[14, 4] < 0.1f, $"top {image[1, 4]}, bottom {image[14, 4]}");
    }

    [TestMethod]
    public void A_bomb_is_turned_away_by_its_header_before_anything_is_unpacked()
    {
        var fault = Assert.ThrowsExactly<RequestFault>(() => PictureFile.Decode(Bomb(30_000, 30_000)));
        Assert.AreEqual(413, fault.Status);
        Assert.AreEqual("The image is 30000 × 30000 pixels; send one of at most 4096 × 4096.", fault.Message);
    }

    [TestMethod]
    public void An_image_that_ends_early_is_turned_away()
    {
        byte[] whole = Pictures.Png(TestModel.Digits[0]);
        var fault = Assert.ThrowsExactly<RequestFault>(() => PictureFile.Decode(whole[..(whole.Length / 2)]));
        Assert.AreEqual("The image ends early or is damaged; send it again.", fault.Message);
    }

    /// <summary>A PNG of a few bytes that names a size.</summary>
    internal static byte[] Bomb(int width, int height)
    {
        byte[] header = [.. "IHDR"u8, 0, 0, 0, 0, 0, 0, 0, 0, 8, 6, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(8), height);
        return [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n', .. Chunk(header), .. Chunk([.. "IDAT"u8, 0x78, 0x9C, 0x63, 0, 0, 0, 1, 0, 1])];
    }

    /// <summary>Length, name and data, checksum.</summary>
    private static byte[] Chunk(byte[] named)
    {
        byte[] chunk = [0, 0, 0, (byte)(named.Length - 4), .. named, 0, 0, 0, 0];
        uint check = uint.MaxValue;   // CRC-32, bit by bit
        foreach (byte b in named)
        {
            check ^= b;
            for (int bit = 0; bit < 8; bit++) check = (check & 1) != 0 ? check >> 1 ^ 0xEDB88320 : check >> 1;
        }
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), ~check);
        return chunk;
    }
}
