namespace Microsoft.ML.Spiking.Tests.Images;

[TestClass]
public class ReceptiveFieldTests
{
    private static readonly ImageShape s_digit = new(1, 28, 28, 1);

    [TestMethod]
    public void Four_columns_see_the_four_quarters()
    {
        var field = new ReceptiveField { Height = 14, Width = 14 };

        CollectionAssert.AreEqual((ImagePatch[])[new(0, 0, 14, 14), new(0, 14, 14, 14), new(14, 0, 14, 14), new(14, 14, 14, 14)], Patches(field, 4, s_digit));
    }

    [TestMethod]
    public void Nine_columns_overlap_by_half_and_a_tenth_starts_again()
    {
        var field = new ReceptiveField { Height = 14, Width = 14 };

        ImagePatch[] patches = Patches(field, 10, s_digit);

        CollectionAssert.AreEqual((int[])[0, 0, 0, 7, 7, 7, 14, 14, 14, 0], patches.Select(patch => patch.Top).ToArray());
        CollectionAssert.AreEqual((int[])[0, 7, 14, 0, 7, 14, 0, 7, 14, 0], patches.Select(patch => patch.Left).ToArray());
    }

    [TestMethod]
    [DataRow(4, 14, 14, 28, 28)]
    [DataRow(16, 9, 10, 28, 28)]
    [DataRow(32, 7, 28, 28, 28)]
    [DataRow(5, 28, 6, 28, 30)]
    [DataRow(9, 3, 5, 10, 8)]
    [DataRow(64, 1, 2, 4, 30)]
    public void The_patches_cover_every_pixel_and_stay_within_the_image(int columns, int height, int width, int imageHeight, int imageWidth)
    {
        var image = new ImageShape(1, imageHeight, imageWidth, 1);
        var field = new ReceptiveField { Height = height, Width = width };
        Assert.IsNull(field.Fault(columns, image));

        ImagePatch[] patches = Patches(field, columns, image);

        for (int pixel = 0; pixel < image.Features; pixel++) Assert.IsTrue(patches.Any(patch => patch.Contains(image.Pixel(pixel))), $"pixel {image.Pixel(pixel)}");
        foreach (ImagePatch patch in patches)
            Assert.IsTrue(patch.Top >= 0 && patch.Left >= 0 && patch.Top + height <= imageHeight && patch.Left + width <= imageWidth, patch.ToString());
    }

    [TestMethod]
    public void A_field_that_does_not_fit_says_what_would()
    {
        Assert.AreEqual("ReceptiveField is 30 by 14 pixels, but the image is 28 by 28; make it no larger than the image, or null to show every column all of it.",
            new ReceptiveField { Height = 30 }.Fault(16, s_digit));
        Assert.AreEqual("ReceptiveField is 7 by 7 pixels, and 15 Columns are too few to cover an image of 28 by 28; make it larger, or Columns at least 16.",
            new ReceptiveField { Height = 7, Width = 7 }.Fault(15, s_digit));
    }

    [TestMethod]
    public void What_a_column_does_not_see_is_cleared_column_by_column_within_a_panel()
    {
        // Two columns of 20 neurons take 32 lanes each; of a 2 by 1 image one sees the upper pixel, the other the lower.
        SpikingNetworkOptions options = new() { Network = new SpikingNetwork { Layers = [new ColumnLayer { Columns = 2, NeuronsPerColumn = 20, ReceptiveField = new() { Height = 1, Width = 1 } }] } };
        ReceptiveFields fields = ReceptiveFields.Of(options.Network.ColumnLayers[0], InputShape.Intensities(2, 1))!;
        float[] values = [.. Enumerable.Repeat(1f, 2 * Lanes.Panel)];

        fields.Clear(panel: 0, new Lanes(options.Network.ColumnLayers[0]), values);

        CollectionAssert.AreEqual((float[])[.. Enumerable.Repeat(1f, 32), .. Enumerable.Repeat(0f, 64), .. Enumerable.Repeat(1f, 32)], values);
        Assert.AreEqual(1, fields.FanIn);
    }

    private static ImagePatch[] Patches(ReceptiveField field, int columns, ImageShape image) => [.. Enumerable.Range(0, columns).Select(column => field.Of(column, columns, image))];
}
