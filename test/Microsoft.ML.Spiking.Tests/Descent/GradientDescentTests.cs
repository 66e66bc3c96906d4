namespace Microsoft.ML.Spiking.Tests.Descent;

[TestClass]
public class GradientDescentTests
{
    private static readonly AdamW s_rule = new() { LearningRate = 0.1, GradientNormLimit = 1, WeightDecay = 0 };

    [TestMethod]
    public void All_arrays_are_clipped_together_and_their_gradients_forgotten()
    {
        TrainedArray one = new([1], [0f]), other = new([2], [0f, 0f]);
        GradientDescent descent = Of((0.5, one), (1, other));
        one.Gradient.Span[0] = 4;
        other.Gradient.Span[1] = 3;

        Assert.AreEqual(5, descent.GradientNorm(), 1e-6);
        descent.Step();

        // AdamW's first step has the size of the learning rate, whatever the gradient's; of the first it is 0.1 · ½.
        Assert.AreEqual(-0.05f, one.Weights.Span[0], 1e-6f);
        Assert.AreEqual(-0.1f, other.Weights.Span[1], 1e-6f);
        Assert.AreEqual(0, descent.GradientNorm());
        Assert.AreEqual(1, descent.Done);
    }

    [TestMethod]
    public void What_no_gradient_reaches_stays_as_it_is()
    {
        var still = new TrainedArray([1], [7f]) { Learns = false };
        GradientDescent descent = Of((1, still));
        still.Gradient.Span[0] = 4;

        descent.Step();

        Assert.AreEqual(0, descent.GradientNorm());
        Assert.AreEqual(7, still.Weights.Span[0]);
        CollectionAssert.AreEqual(new[] { 0 }, descent.Steps);
    }

    private static GradientDescent Of(params (double Factor, TrainedArray Array)[] trained)
    {
        var descent = new GradientDescent(s_rule, total: 1000);
        foreach (var (factor, array) in trained) descent.Add(factor, array);
        return descent;
    }
}
