using SkiaSharp;

namespace Microsoft.ML.Spiking.Tests.Data;

[TestClass]
public class ImageFileTests
{
    [TestMethod]
    public void An_image_of_the_size_asked_for_keeps_its_pixels()
    {
        using var folder = new TemporaryFolder();

        CollectionAssert.AreEqual(Toy.Pixels(1, 1), ImageFile.Read(Toy.Draw(folder["a.png"], 1), Toy.Size, ImageTone.LightOnDark));
    }

    [TestMethod]
    public void A_larger_one_is_averaged()
    {
        using var folder = new TemporaryFolder();

        // Two columns of white and two of black over three: all, half, none.
        float[] pixels = ImageFile.Read(Toy.Draw(folder["a.png"], 0), new ImageSize(3, 1), ImageTone.LightOnDark);

        Assert.AreEqual(1, pixels[0], 1e-6);
        Assert.AreEqual(0.5, pixels[1], 1e-6);
        Assert.AreEqual(0, pixels[2], 1e-6);
    }

    [TestMethod]
    [DataRow(255, 0, 0, 0.2126)]
    [DataRow(0, 255, 0, 0.7152)]
    [DataRow(0, 0, 255, 0.0722)]
    public void Colours_weigh_by_their_luminance(int red, int green, int blue, double luminance)
    {
        using var folder = new TemporaryFolder();

        Assert.AreEqual(luminance, ImageFile.Read(Fill(folder["a.png"], new SKColor((byte)red, (byte)green, (byte)blue)), new ImageSize(1, 1), ImageTone.LightOnDark)[0], 1e-3);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void What_is_transparent_is_empty_in_either_tone(bool dark)
    {
        using var folder = new TemporaryFolder();

        Assert.AreEqual(0, ImageFile.Read(Fill(folder["a.png"], SKColors.Transparent), new ImageSize(1, 1), dark ? ImageTone.DarkOnLight : ImageTone.LightOnDark)[0], 1e-6);
    }

    private static string Fill(string path, SKColor colour)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(2, 2, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        bitmap.Erase(colour);
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        File.WriteAllBytes(path, data.ToArray());
        return path;
    }
}
