namespace Microsoft.ML.Spiking.Tests.Codes;

[TestClass]
public class OutlierFencesTests
{
    [TestMethod]
    public void They_stand_twice_the_width_of_the_bulk_away()
    {
        // Of 0 … 100, five on either side are left out: 5 to 95, 90 wide.
        OutlierFences fences = OutlierFences.Of([.. Enumerable.Range(0, 101).Select(i => (float)i)]);

        Assert.AreEqual(new OutlierFences(5 - 180, 95 + 180), fences);
        Assert.IsTrue(fences.Holds(275));
        Assert.IsFalse(fences.Holds(276));
    }

    [TestMethod]
    public void One_wild_value_is_outside()
        => Assert.IsFalse(OutlierFences.Of([.. Enumerable.Range(0, 600).Select(i => i / 600f), 100]).Holds(100));

    [TestMethod]
    public void What_is_rare_is_no_outlier_for_that()
    {
        // One word in two hundred rows, and a pixel that is dark in 99 % of the images.
        float[] word = [.. new float[199], 1], pixel = [.. new float[990], .. Enumerable.Range(1, 10).Select(i => i / 10f)];

        Assert.IsTrue(OutlierFences.Of(word).Holds(1));
        Assert.IsTrue(OutlierFences.Of(pixel).Holds(1));
        Assert.IsFalse(OutlierFences.Of([.. pixel, 255]).Holds(255));
    }

    [TestMethod]
    public void Few_values_and_constant_ones_have_none()
    {
        Assert.IsTrue(OutlierFences.Of([1, 2, 3, 1e9f]).Holds(1e9));
        Assert.IsTrue(OutlierFences.Of([7, 7, 7, 7, 7, 7, 7, 7, 7, 7]).Holds(8));
        Assert.IsTrue(OutlierFences.Of([]).Holds(0));
    }
}
