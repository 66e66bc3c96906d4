using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Applications;
using Microsoft.ML.Spiking.Samples.Web;
using Microsoft.ML.Spiking.Tests;

namespace Microsoft.ML.Spiking.Samples.Tests.Web;

[TestClass]
public sealed class DigitFrameTests
{
    // Box of 5 in a field of 7: 20 in 28, a quarter of it.
    private static readonly DigitFrame s_frame = new(height: 7, width: 7);

    [TestMethod]
    public void Ink_of_five_lines_stays_as_it_is_but_for_its_place()
    {
        float[] pixels = s_frame.Fit(Pictures.Grey(
            "0000000",
            "0900000",
            "0900000",
            "0900000",
            "0900000",
            "0900000",
            "0000000"));
        CollectionAssert.AreEqual(Lines("0001000", 1..6), pixels, Shown(pixels));
    }

    [TestMethod]
    public void A_digit_of_ten_lines_is_halved()
    {
        // Two wide and ten tall becomes one wide and five tall.
        string[] lines = [.. Enumerable.Repeat("0000000000", 3), .. Enumerable.Repeat("0000000990", 10), .. Enumerable.Repeat("0000000000", 7)];
        float[] pixels = s_frame.Fit(Pictures.Grey(lines));
        CollectionAssert.AreEqual(Lines("0001000", 1..6), pixels, Shown(pixels));
    }

    [TestMethod]
    public void A_digit_of_five_lines_is_doubled_in_a_field_of_14()
    {
        float[] pixels = new DigitFrame(14, 14).Fit(Pictures.Grey("00000", "00900", "00900", "00900", "00900", "00900", "00000"));
        // Of mass in the middle of pixel 7: half of column 6, column 7, half of column 8; of rows 2.5 to 12.5.
        Assert.AreEqual(1, pixels[7 * 14 + 7], 1e-6);
        Assert.AreEqual(0.5, pixels[7 * 14 + 6], 1e-6);
        Assert.AreEqual(0.5, pixels[7 * 14 + 8], 1e-6);
        Assert.AreEqual(0.5, pixels[2 * 14 + 7], 1e-6);
        Assert.AreEqual(0, pixels[1 * 14 + 7], 1e-6);
        Assert.AreEqual(20, pixels.Sum(), 1e-5);   // five pixels, four times as many
    }

    [TestMethod]
    public void Dark_ink_on_bright_paper_is_inverted()
    {
        float[] pixels = s_frame.Fit(Pictures.Grey("9999999", "9099999", "9099999", "9099999", "9099999", "9099999", "9999999"));
        CollectionAssert.AreEqual(Lines("0001000", 1..6), pixels, Shown(pixels));
    }

    [TestMethod]
    public void Pale_ink_on_grey_paper_is_stretched_to_black_and_white()
    {
        float[] pixels = s_frame.Fit(Pictures.Grey("6666666", "6266666", "6266666", "6266666", "6266666", "6266666", "6666666"));
        CollectionAssert.AreEqual(Lines("0001000", 1..6), pixels, Shown(pixels));
    }

    [TestMethod]
    public void Paper_that_is_lit_from_one_side_is_paper_all_over()
    {
        // From 9 on the left to 3 on the right: without its slope, the right side would be ink.
        float[] pixels = s_frame.Fit(Pictures.Grey("9876543", "9076543", "9076543", "9076543", "9076543", "9076543", "9876543"));
        CollectionAssert.AreEqual(Lines("0001000", 1..6), pixels, Shown(pixels));
    }

    [TestMethod]
    public void Grain_of_less_than_a_fifth_of_the_ink_is_paper()
    {
        float[] pixels = s_frame.Fit(Pictures.Grey("9999989", "9098999", "8099999", "9099899", "9099998", "9098999", "9989999"));
        CollectionAssert.AreEqual(Lines("0001000", 1..6), pixels, Shown(pixels));
    }

    [TestMethod]
    public void The_centre_of_mass_comes_to_the_middle_and_not_the_box()
    {
        // An L of 5 by 5: mass 9, its centre at row (0+1+2+3+4·5)/9 = 26/9 and column (0·5+1+2+3+4)/9 = 10/9 of the box; of a field of 7, row 3 and column 3.
        float[] pixels = s_frame.Fit(Pictures.Grey("0000000", "0900000", "0900000", "0900000", "0900000", "0999990", "0000000"));
        double mass = pixels.Sum(), row = pixels.Select((p, i) => p * (i / 7)).Sum() / mass, column = pixels.Select((p, i) => p * (i % 7)).Sum() / mass;
        Assert.AreEqual(3, row, 1e-5);
        Assert.AreEqual(3, column, 1e-5);
    }

    [TestMethod]
    public void A_picture_of_paper_alone_is_turned_away()
    {
        var fault = Assert.ThrowsExactly<RequestFault>(() => s_frame.Fit(new GreyImage(3, 3, [1, 1, 1, 1, 0.91f, 1, 1, 1, 1])));
        Assert.AreEqual("The image shows no digit: it is equally bright all over.", fault.Message);
        Assert.AreEqual(400, fault.Status);
    }

    [TestMethod]
    public void A_single_pixel_is_a_picture_without_a_digit()
        => Assert.ThrowsExactly<RequestFault>(() => s_frame.Fit(Pictures.Grey("5")));

    [TestMethod]
    [RequiresMnist]
    public void Digits_that_are_framed_already_are_read_as_well_after_framing()
    {
        var ml = new MLContext();
        IDataView digits = ml.Data.TakeRows(Microsoft.ML.Spiking.Tests.Mnist.Test(ml), 1000);
        float[][] pixels = [.. digits.GetColumn<float[]>("Features")];
        uint[] labels = [.. digits.GetColumn<uint>("Label")];
        var frame = new DigitFrame(28, 28);
        int Right(Func<float[], float[]> shown) => pixels.Zip(labels).Count(digit => TestModel.Ask(shown(digit.First)).PredictedClass == $"{digit.Second - 1}");

        int asTheyAre = Right(digit => digit), framed = Right(digit => frame.Fit(new GreyImage(28, 28, digit)));
        Assert.IsTrue(framed >= asTheyAre - 10, $"{framed} of 1000 are read rightly after framing, {asTheyAre} before.");
    }

    private static float[] Lines(string line, Range rows)
    {
        float[] pixels = new float[7 * 7];
        (int start, int count) = rows.GetOffsetAndLength(7);
        for (int y = start; y < start + count; y++)
            for (int x = 0; x < 7; x++) pixels[y * 7 + x] = line[x] - '0';
        return pixels;
    }

    private static string Shown(float[] pixels) => string.Join('\n', pixels.Chunk(7).Select(row => string.Join(' ', row)));
}
