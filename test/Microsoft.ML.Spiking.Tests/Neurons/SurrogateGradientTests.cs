namespace Microsoft.ML.Spiking.Tests.Neurons;

[TestClass]
public class SurrogateGradientTests
{
    [TestMethod]
    public void The_arctangent_has_half_its_slope_at_the_threshold_and_half_of_that_where_its_argument_is_one()
    {
        var rule = new ATan { Slope = 2 };
        Assert.AreEqual(1f, rule.Derivative(0), 1e-6f);
        Assert.AreEqual(0.5f, rule.Derivative(1 / MathF.PI), 1e-6f);
    }

    [TestMethod]
    public void The_fast_sigmoid_falls_to_a_ninth_where_slope_times_distance_is_two()
    {
        var rule = new FastSigmoid { Slope = 4 };
        Assert.AreEqual(1f, rule.Derivative(0), 1e-6f);
        Assert.AreEqual(1f / 9, rule.Derivative(-0.5f), 1e-6f);
    }

    [TestMethod]
    public void The_triangle_is_a_half_at_half_its_width_and_nothing_beyond_it()
    {
        var rule = new Triangle { Width = 2 };
        Assert.AreEqual(1f, rule.Derivative(0), 1e-6f);
        Assert.AreEqual(0.5f, rule.Derivative(-1), 1e-6f);
        Assert.AreEqual(0f, rule.Derivative(2.5f));
    }

    [TestMethod]
    public void Straight_through_is_one_everywhere()
    {
        Assert.AreEqual(1f, new StraightThrough().Derivative(-40));
        Assert.AreEqual(1f, new StraightThrough().Derivative(0.1f));
    }

    [TestMethod]
    public void A_slope_or_width_that_is_not_positive_is_refused()
    {
        foreach (SurrogateGradient wrong in (SurrogateGradient[])[new ATan { Slope = 0 }, new FastSigmoid { Slope = -1 }, new Triangle { Width = 0 }])
            StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(wrong.Check).Message, wrong.GetType().Name);
    }
}
