namespace Microsoft.ML.Spiking.Tests.Machines;

[TestClass]
public class MeasurementTests
{
    [TestMethod]
    public void The_median_of_four_lies_between_the_middle_two()
        => Assert.AreEqual(new Measurement("x", Median: 5, Minimum: 1, Maximum: 100, Runs: 4, RowsPerSecond: 2000), Measurement.Of("x", [100, 4, 1, 6], rows: 10));
}
