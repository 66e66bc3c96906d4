namespace Microsoft.ML.Spiking.Tests.Codes;

[TestClass]
public class StandardisationTests
{
    [TestMethod]
    [DataRow(0, 255, 0f, 255f, DisplayName = "an image keeps its black")]
    [DataRow(0.1, 1, 0f, 1f, DisplayName = "and has one though no pixel is")]
    [DataRow(-3, 0, -3f, 3f, DisplayName = "negative values are shifted")]
    [DataRow(1000, 1010, 1000f, 10f, DisplayName = "what lies far from 0 is shown by what changes")]
    [DataRow(0, 0, 0f, 1f, DisplayName = "nothing stays nothing")]
    public void One_scale_for_all(double low, double high, float offset, float unit)
        => Assert.AreEqual(new Standardisation(offset, unit), Standardisation.ToIntensities(FeatureStatistics.Shared(0, 1, low, high), FeatureScaling.Shared));

    [TestMethod]
    public void One_scale_for_each_shows_all_of_its_range_and_nothing_of_a_constant()
    {
        var measured = new FeatureStatistics(default, [new FeatureRange(0, 0, 1000, 1010, 0), new FeatureRange(0, 0, 5, 5, 0), new FeatureRange(0, 0, -1, 1, 0)]);
        float[] row = [1002.5f, 7, 0, 1010, 5, -1];   // two time steps

        Standardisation.ToIntensities(measured, FeatureScaling.PerInput).Apply(row);

        CollectionAssert.AreEqual(new[] { 0.25f, 0, 0.5f, 1, 0, 0 }, row);
    }

    [TestMethod]
    public void None_is_none()
        => Assert.AreEqual(new Standardisation(0, 1), Standardisation.ToIntensities(FeatureStatistics.Shared(0, 1, -5, 100), FeatureScaling.None));
}
