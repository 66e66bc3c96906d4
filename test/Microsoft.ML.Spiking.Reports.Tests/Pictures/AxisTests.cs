namespace Microsoft.ML.Spiking.Tests.Pictures;

[TestClass]
public class AxisTests
{
    [TestMethod]
    [DataRow(0.17, "0.00 0.05 0.10 0.15 0.20")]
    [DataRow(1.2, "0.0 0.5 1.0 1.5")]
    [DataRow(48.0, "0 20 40 60")]
    [DataRow(0.0, "0.0 0.5")]
    public void From_zero_ticks_are_round_numbers_up_to_the_first_that_nothing_exceeds(double largest, string expected) => Assert.AreEqual(expected, Labels(Axis.FromZero("", largest)));

    [TestMethod]
    [DataRow(65.0, 100.0, "60 70 80 90 100")]
    [DataRow(-1.5, 2.5, "-2 -1 0 1 2 3")]
    public void Around_values_ticks_enclose_them(double smallest, double largest, string expected) => Assert.AreEqual(expected, Labels(Axis.Around("", smallest, largest)));

    [TestMethod]
    [DataRow(0, 7, "0 1 2 3 4 5 6 7")]
    [DataRow(0, 49, "0 5 10 15 20 25 30 35 40 45")]
    [DataRow(3, 3, "3")]
    public void Counts_are_whole(int first, int last, string expected) => Assert.AreEqual(expected, Labels(Axis.Count("", first, last, 10)));

    [TestMethod]
    public void A_value_alone_is_enclosed_too()
    {
        Axis axis = Axis.Around("", 5, 5);
        Assert.IsLessThan(axis.To, axis.From);
        Assert.IsTrue(axis.From <= 5 && axis.To >= 5);
    }

    [TestMethod]
    public void A_backward_axis_has_its_ticks_too()
    {
        var axis = new Axis("", 3.5, -0.5, 1);
        Assert.AreEqual("0 1 2 3", Labels(axis));
        Assert.AreEqual(0.125, axis.Share(3));
    }

    private static string Labels(Axis axis) => string.Join(' ', axis.Ticks().Select(axis.Label));
}
