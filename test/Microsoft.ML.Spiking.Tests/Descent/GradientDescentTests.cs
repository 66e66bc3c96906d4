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

    [TestMethod]
    public void A_model_has_the_running_mean_of_the_weights_and_training_the_weights()
    {
        var descent = new GradientDescent(s_rule with { LearningRate = 1, FinalLearningRate = 1, AverageMemory = 0.25 }, total: 1000);
        TrainedArray learns = new([1], [0f]), still = new([1], [7f]) { Learns = false };
        descent.Add(1, learns);
        descent.Add(1, still);
        float[] Weights() => [learns.Weights.Span[0], still.Weights.Span[0]];

        // Steps of AdamW under a gradient that stays are of the rate: 0, -1, -2, -3. After the first the memory is 2/11, after the second 3/12, then the rule's 1/4.
        for (int step = 0; step < 3; step++)
        {
            learns.Gradient.Span[0] = 0.5f;
            descent.Step();
        }

        double expected = -1 * 9 / 11.0;
        expected += 0.75 * (-2 - expected);
        expected += 0.75 * (-3 - expected);
        float[] model = descent.OfModel(Weights);
        Assert.AreEqual(expected, model[0], 1e-4);
        Assert.AreEqual(7, model[1]);
        Assert.AreEqual(-3, Weights()[0], 1e-4f, "training goes on from where it was");
        CollectionAssert.AreEqual((string[])["optimiser.0.mean", "optimiser.0.square", "optimiser.0.average", "optimiser.1.mean", "optimiser.1.square", "optimiser.1.average"],
            descent.State.Select(array => array.Name).ToArray());
    }

    [TestMethod]
    public void Without_a_memory_there_is_no_mean()
    {
        var array = new TrainedArray([1], [7f]);
        GradientDescent descent = Of((1, array));

        Assert.AreEqual(7, descent.OfModel(() => array.Weights.Span[0]));
        Assert.HasCount(2, descent.State.ToArray());
    }

    private static GradientDescent Of(params (double Factor, TrainedArray Array)[] trained)
    {
        var descent = new GradientDescent(s_rule, total: 1000);
        foreach (var (factor, array) in trained) descent.Add(factor, array);
        return descent;
    }
}
