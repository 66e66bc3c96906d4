using System.Diagnostics;
using SkiaSharp;

namespace Microsoft.ML.Spiking.Tests.Data;

[TestClass]
public sealed class ImageFileTests : IDisposable
{
    private static readonly ImageSize s_one = new(1, 1), s_two = new(2, 1);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void An_image_of_the_size_asked_for_keeps_its_pixels()
        => CollectionAssert.AreEqual(Toy.Pixels(1, 1), ImageFile.Read(Toy.Draw(_folder["a.png"], 1), Toy.Size, ImageTone.LightOnDark));

    [TestMethod]
    public void A_larger_one_is_averaged()
    {
        // Two columns of white and two of black over three: all, half, none.
        float[] pixels = ImageFile.Read(Toy.Draw(_folder["a.png"], 0), new ImageSize(3, 1), ImageTone.LightOnDark);

        Assert.AreEqual(1, pixels[0], 1e-6);
        Assert.AreEqual(0.5, pixels[1], 1e-6);
        Assert.AreEqual(0, pixels[2], 1e-6);
    }

    [TestMethod]
    [DataRow(255, 0, 0, 0.2126)]
    [DataRow(0, 255, 0, 0.7152)]
    [DataRow(0, 0, 255, 0.0722)]
    public void Colours_weigh_by_their_luminance(int red, int green, int blue, double luminance)
        => Assert.AreEqual(luminance, ImageFile.Read(Fill("a.png", new SKColor((byte)red, (byte)green, (byte)blue)), s_one, ImageTone.LightOnDark)[0], 1e-3);

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void What_is_transparent_is_empty_in_either_tone(bool dark)
        => Assert.AreEqual(0, ImageFile.Read(Fill("a.png", SKColors.Transparent), s_one, dark ? ImageTone.DarkOnLight : ImageTone.LightOnDark)[0], 1e-6);

    [TestMethod]
    [DataRow(0, false, 1, 0, DisplayName = "Black ink, which black paper would swallow, lies on white")]
    [DataRow(0, true, 0, 1, DisplayName = "Black ink on white paper, inverted")]
    [DataRow(255, false, 0, 1, DisplayName = "White ink on black paper")]
    [DataRow(255, true, 1, 0, DisplayName = "White ink, which white paper would swallow, lies on black, inverted")]
    [DataRow(128, false, 0, 0.502, DisplayName = "Grey ink is seen on black")]
    [DataRow(128, true, 0, 0.498, DisplayName = "Grey ink is seen on white")]
    public void Ink_on_transparent_paper_is_seen(int ink, bool dark, double paperIntensity, double inkIntensity)
    {
        using SKBitmap bitmap = Bitmap(2, 1);
        bitmap.SetPixel(0, 0, SKColors.Transparent);
        bitmap.SetPixel(1, 0, new SKColor((byte)ink, (byte)ink, (byte)ink));

        float[] pixels = ImageFile.Read(Write("a.png", Encode(bitmap)), s_two, dark ? ImageTone.DarkOnLight : ImageTone.LightOnDark);

        Assert.AreEqual(paperIntensity, pixels[0], 1e-3);
        Assert.AreEqual(inkIntensity, pixels[1], 1e-3);
    }

    [TestMethod]
    [DataRow(1, "12/34")]
    [DataRow(2, "21/43")]
    [DataRow(3, "43/21")]
    [DataRow(4, "34/12")]
    [DataRow(5, "13/24")]
    [DataRow(6, "31/42")]
    [DataRow(7, "42/31")]
    [DataRow(8, "24/13")]
    public void A_photograph_is_turned_as_the_camera_was_held(int orientation, string upright)
    {
        // Four fields of eight by eight, so that JPEG keeps them apart: 1 black to 4 white.
        using SKBitmap bitmap = Bitmap(16, 16);
        for (int y = 0; y < 16; y++)
            for (int x = 0; x < 16; x++) bitmap.SetPixel(x, y, Grey(y / 8 * 2 + x / 8));
        byte[] jpeg = Encode(bitmap, SKEncodedImageFormat.Jpeg);
        byte[] exif = [0xFF, 0xE1, 0, 34, .. "Exif\0\0MM\0*\0\0\0\b"u8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0];

        float[] fields = ImageFile.Read(Write("a.jpg", [.. jpeg[..2], .. exif, .. jpeg[2..]]), new ImageSize(2, 2), ImageTone.LightOnDark);

        string seen = string.Concat(fields.Select(light => MathF.Round(light * 3) + 1));
        Assert.AreEqual(upright, $"{seen[..2]}/{seen[2..]}");
    }

    [TestMethod]
    [DataRow(SKEncodedImageFormat.Png, "a.png")]
    [DataRow(SKEncodedImageFormat.Jpeg, "a.jpg")]
    [DataRow(SKEncodedImageFormat.Webp, "a.webp")]
    public void Half_an_image_is_refused_by_its_name(SKEncodedImageFormat format, string name)
    {
        using SKBitmap noise = Bitmap(32, 32);
        var random = new Random(1);
        for (int i = 0; i < 32 * 32; i++) noise.SetPixel(i % 32, i / 32, new SKColor((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256)));
        byte[] whole = Encode(noise, format);

        ImageFile.Read(Write(name, whole), Toy.Size, ImageTone.LightOnDark);
        Refuses($"{name}' ends early or is damaged.", name, whole[..(whole.Length / 2)]);
        Refuses($"{name}' ends early or is damaged.", name, whole[..20]);
    }

    [TestMethod]
    public void Half_a_progressive_JPEG_is_refused_too()
    {
        byte[] whole = Convert.FromBase64String(Images.ProgressiveJpeg);

        ImageFile.Read(Write("a.jpg", whole), Toy.Size, ImageTone.LightOnDark);
        Refuses("a.jpg' ends early or is damaged.", "a.jpg", whole[..^20]);
    }

    [TestMethod]
    public void A_PNG_of_16_bits_keeps_its_greys()
        => AreClose([1, 0.502f], ImageFile.Read(Write("a.png", Convert.FromBase64String(Images.Png16)), s_two, ImageTone.LightOnDark));

    [TestMethod]
    public void A_palettes_colours_are_looked_up_and_its_transparent_one_is_paper()
        => AreClose([0.2126f, 0], ImageFile.Read(Write("a.png", Convert.FromBase64String(Images.PalettePng)), s_two, ImageTone.LightOnDark));

    [TestMethod]
    public void A_JPEG_in_printers_colours_is_of_their_brightness()
        => AreClose([0.7874f], ImageFile.Read(Write("a.jpg", Convert.FromBase64String(Images.CyanCmykJpeg)), s_one, ImageTone.LightOnDark));   // cyan: all but red

    [TestMethod]
    [DataRow(Images.AnimatedGif, "a.gif")]
    [DataRow(Images.AnimatedWebp, "a.webp")]
    public void An_animation_is_refused_in_a_sentence(string base64, string name)
        => Refuses($"{name}' is an animation of 2 pictures, but the network looks at one.", name, Convert.FromBase64String(base64));

    [TestMethod]
    public void A_small_file_that_would_unpack_to_gigabytes_is_refused_by_its_header()
    {
        // 30,000 x 30,000 pixels of a bit, all black: some 110 KB that would be 3.6 GB.
        byte[] bomb = PngBomb.Of(30_000, 30_000), broad = PngBomb.Of(16_000, 16_000);
        Assert.IsLessThan(200_000, bomb.Length);
        long before = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();

        Refuses("a.png' is 30000 × 30000 pixels, but at most 16384 of a side and 67108864 in all are read.", "a.png", bomb);
        Refuses("a.png' is 16000 × 16000 pixels, but at most 16384 of a side and 67108864 in all are read.", "a.png", broad);

        Assert.IsLessThan(10_000_000, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.IsLessThan(5, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    [TestMethod]
    public void In_a_folder_of_classes_it_ends_the_training_with_the_exit_code_of_bad_data()
    {
        for (int label = 0; label < 2; label++) Toy.Draw(_folder[$"images/{Toy.Classes[label]}/a.png"], label);
        File.WriteAllBytes(_folder["images/left/b.png"], PngBomb.Of(30_000, 30_000));

        Answer.To("train", "--data", _folder["images"], "--output", _folder["model.zip"]).FailsWith(ExitCode.Data, "b.png' is 30000 × 30000 pixels, but at most");
    }

    [TestMethod]
    public void An_empty_file_is_refused_by_its_name() => Refuses("a.png' cannot be read as an image.", "a.png", []);

    private void Refuses(string sentence, string name, byte[] bytes)
        => StringAssert.Contains(Assert.ThrowsExactly<Failure>(() => ImageFile.Read(Write(name, bytes), Toy.Size, ImageTone.LightOnDark)).Message, sentence, StringComparison.Ordinal);

    private static void AreClose(float[] expected, float[] pixels)
    {
        Assert.HasCount(expected.Length, pixels);
        for (int i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], pixels[i], 0.01f, $"pixel {i}");
    }

    private string Fill(string name, SKColor colour)
    {
        using SKBitmap bitmap = Bitmap(2, 2);
        bitmap.Erase(colour);
        return Write(name, Encode(bitmap));
    }

    private string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(_folder[name], bytes);
        return _folder[name];
    }

    private static SKColor Grey(int third) => new((byte)(85 * third), (byte)(85 * third), (byte)(85 * third));

    private static SKBitmap Bitmap(int width, int height) => new(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));

    private static byte[] Encode(SKBitmap bitmap, SKEncodedImageFormat format = SKEncodedImageFormat.Png)
    {
        using SKData data = bitmap.Encode(format, 100);
        return data.ToArray();
    }
}
