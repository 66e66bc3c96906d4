namespace Microsoft.ML.Spiking.Tests.Codes;

[TestClass]
public class FeatureMeterTests
{
    [TestMethod]
    public void Each_input_is_measured_and_all_together()
    {
        FeatureStatistics measured = Measure(InputShape.Intensities(2), [[1, 10], [3, 10], [5, 40]]);

        Assert.AreEqual(new FeatureRange(Mean: 3, Deviation: 0, Low: 1, High: 5, Change: 0), measured.Inputs[0] with { Deviation = 0 });
        Assert.AreEqual(Math.Sqrt(8 / 3.0), measured.Inputs[0].Deviation, 1e-9);
        Assert.AreEqual((20, 10, 40), (measured.Inputs[1].Mean, measured.Inputs[1].Low, measured.Inputs[1].High));
        Assert.AreEqual((11.5, 1, 40), (measured.All.Mean, measured.All.Low, measured.All.High));
    }

    [TestMethod]
    public void An_input_of_several_dimensions_is_a_place_in_the_last()
    {
        FeatureStatistics measured = Measure(InputShape.Intensities(3, 2), [[1, 100, 2, 200, 3, 300]]);

        Assert.AreEqual((2, 1, 3), (measured.Inputs[0].Mean, measured.Inputs[0].Low, measured.Inputs[0].High));
        Assert.AreEqual((200, 100, 300), (measured.Inputs[1].Mean, measured.Inputs[1].Low, measured.Inputs[1].High));
    }

    [TestMethod]
    public void An_outlier_shifts_no_bound_mean_or_deviation()
    {
        float[][] rows = [.. Enumerable.Range(0, 100).Select(i => new[] { i / 99f })];

        FeatureRange clean = Measure(InputShape.Intensities(1), rows).Inputs[0], wild = Measure(InputShape.Intensities(1), [.. rows, [4800f]]).Inputs[0];

        Assert.AreEqual((clean.Low, clean.High), (wild.Low, wild.High));
        Assert.AreEqual(clean.Mean, wild.Mean, 1e-6);
        Assert.AreEqual(clean.Deviation, wild.Deviation, 1e-6);
    }

    [TestMethod]
    public void More_rows_than_the_sample_holds_are_measured_whole()
    {
        // The lowest and the highest come after the first thousand rows.
        FeatureRange measured = Measure(InputShape.Intensities(1), Enumerable.Range(0, 5000).Select(i => new[] { i == 4000 ? -1f : i == 4500 ? 2f : i % 10 / 9f })).Inputs[0];

        Assert.AreEqual((-1, 2), (measured.Low, measured.High));
        Assert.AreEqual(0.5, measured.Mean, 1e-3);
    }

    [TestMethod]
    [DataRow(new[] { 0f, 0, 0, 255 }, new[] { 0f, 128, 255, 0 }, true, DisplayName = "pixels, one of which is always dark")]
    [DataRow(new[] { -3f, -2.9f }, new[] { 0f, -0.2f }, true, DisplayName = "negative readings of like sensors")]
    [DataRow(new[] { 20_000f, 18, 0 }, new[] { 100_000f, 79, 4 }, false, DisplayName = "salary, age, children")]
    [DataRow(new[] { 1000f, 280 }, new[] { 1010f, 296 }, false, DisplayName = "pressure and temperature")]
    [DataRow(new[] { 0f, 0 }, new[] { 50_000f, 4 }, false, DisplayName = "two columns, one of which would hide the other")]
    [DataRow(new[] { 0f, 0, 0 }, new[] { 50_000f, 40_000, 4 }, false, DisplayName = "three, of which two would hide the third")]
    [DataRow(new[] { 5f, 5 }, new[] { 5f, 5 }, true, DisplayName = "constants")]
    [DataRow(new[] { 0f, 0, 2026 }, new[] { 1f, 0.9f, 2026 }, false, DisplayName = "two of one kind, and a year that hides both")]
    [DataRow(new[] { 100f, 100, 0 }, new[] { 101f, 101, 0 }, false, DisplayName = "two of one kind, far from an empty column")]
    [DataRow(new[] { 0f, 0, 255, 0 }, new[] { 200f, 255, 255, 0 }, true, DisplayName = "pixels, one of which is always bright and one dark")]
    public void Inputs_of_one_kind_are_known_by_how_much_of_the_range_they_span(float[] one, float[] other, bool expected)
        => Assert.AreEqual(expected, Measure(InputShape.Intensities(one.Length), [one, other]).AreOfOneKind);

    [TestMethod]
    public void The_dark_edge_of_an_image_makes_it_no_table()
    {
        float[] image = new float[10 * 10];
        for (int i = 0; i < image.Length; i++) image[i] = i % 10 is 0 or 9 ? 0.1f : 1;
        Assert.IsTrue(Measure(InputShape.Intensities(10, 10), [image, new float[100]]).AreOfOneKind);
    }

    private static FeatureStatistics Measure(InputShape shape, IEnumerable<float[]> rows)
    {
        var meter = new FeatureMeter(shape);
        foreach (float[] row in rows) meter.Add(row);
        return meter.Statistics();
    }
}
