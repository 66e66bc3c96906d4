namespace Microsoft.ML.Spiking.Tests.Images;

[TestClass]
public class ImageShapeTests
{
    private static readonly ImageShape s_square = new(Planes: 1, Height: 3, Width: 3, Unit: 1);

    [TestMethod]
    [DataRow(0, 0, new[] { 1, 2, 3, 4, 5, 6, 7, 8, 9 })]
    [DataRow(1, 0, new[] { 0, 0, 0, 1, 2, 3, 4, 5, 6 })]
    [DataRow(-1, 0, new[] { 4, 5, 6, 7, 8, 9, 0, 0, 0 })]
    [DataRow(0, 1, new[] { 0, 1, 2, 0, 4, 5, 0, 7, 8 })]
    [DataRow(0, -2, new[] { 3, 0, 0, 6, 0, 0, 9, 0, 0 })]
    [DataRow(2, -1, new[] { 0, 0, 0, 0, 0, 0, 2, 3, 0 })]
    [DataRow(-1, 1, new[] { 0, 4, 5, 0, 7, 8, 0, 0, 0 })]
    [DataRow(0, 3, new[] { 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    [DataRow(-4, 0, new[] { 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    public void Moving_an_image_moves_zeros_in(int down, int right, int[] expected)
    {
        int[] image = [1, 2, 3, 4, 5, 6, 7, 8, 9];

        s_square.Shift(image.AsSpan(), down, right);

        CollectionAssert.AreEqual(expected, image);
    }

    [TestMethod]
    public void Channels_move_together_whether_they_come_first_or_last()
    {
        // Two by two pixels of three channels, the pixels 1 to 4, their channels 10, 20 and 30 more.
        int[] first = [11, 12, 13, 14, 21, 22, 23, 24, 31, 32, 33, 34], last = [11, 21, 31, 12, 22, 32, 13, 23, 33, 14, 24, 34];

        ImageShape.Of([3, 2, 2])!.Value.Shift(first.AsSpan(), 1, 1);
        new ImageShape(1, 2, 2, 3).Shift(last.AsSpan(), 1, 1);

        CollectionAssert.AreEqual((int[])[0, 0, 0, 11, 0, 0, 0, 21, 0, 0, 0, 31], first);
        CollectionAssert.AreEqual((int[])[0, 0, 0, 0, 0, 0, 0, 0, 0, 11, 21, 31], last);
    }

    [TestMethod]
    public void Columns_are_images_as_ML_NET_writes_them()
    {
        Assert.AreEqual(new ImageShape(1, 28, 20, 1), ImageShape.Of([28, 20]));
        Assert.AreEqual(new ImageShape(3, 28, 20, 1), ImageShape.Of([3, 28, 20]));
        Assert.AreEqual(new ImageShape(1, 28, 20, 3), ImageShape.Of([28, 20, 3]));
        Assert.IsNull(ImageShape.Of([784]));
        Assert.IsNull(ImageShape.Of([28, 28, 28]));
        Assert.IsNull(InputShape.SpikeTrain(20, 784).Image, "time is no height");
    }

    [TestMethod]
    public void A_feature_knows_its_pixel()
    {
        Assert.AreEqual((1, 2), s_square.Pixel(5));
        Assert.AreEqual((1, 2), new ImageShape(2, 3, 3, 1).Pixel(9 + 5));
        Assert.AreEqual((1, 2), new ImageShape(1, 3, 3, 2).Pixel(2 * 5 + 1));
    }

    [TestMethod]
    public void A_mirrored_image_has_its_left_on_the_right()
    {
        int[] first = [11, 12, 13, 21, 22, 23], last = [11, 21, 12, 22, 13, 23];

        new ImageShape(2, 1, 3, 1).Mirror(first.AsSpan());
        new ImageShape(1, 1, 3, 2).Mirror(last.AsSpan());

        CollectionAssert.AreEqual((int[])[13, 12, 11, 23, 22, 21], first);
        CollectionAssert.AreEqual((int[])[13, 23, 12, 22, 11, 21], last);
    }
}
