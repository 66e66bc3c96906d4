namespace Microsoft.ML.Spiking.Tests.Managed;

[TestClass]
public class CrossEntropyTests
{
    [TestMethod]
    public void Two_equal_logits_cost_the_logarithm_of_two_and_pull_by_a_half()
    {
        float[] gradient = new float[2];

        Assert.AreEqual(Math.Log(2), CrossEntropy.Of([5, 5], [0], weights: null, smoothing: 0, gradient), 1e-12);
        CollectionAssert.AreEqual(new[] { -0.5f, 0.5f }, gradient);
    }

    [TestMethod]
    public void Large_logits_overflow_nothing()
    {
        float[] gradient = new float[2];

        Assert.AreEqual(2000, CrossEntropy.Of([-1000, 1000], [0], weights: null, smoothing: 0, gradient), 1e-9);
        CollectionAssert.AreEqual(new float[] { -1, 1 }, gradient);
    }

    [TestMethod]
    [DataRow(0.0, null)]
    [DataRow(0.2, null)]
    [DataRow(0.1, new[] { 2f, 0.5f, 0.5f })]
    public void Its_gradient_is_its_finite_difference(double smoothing, float[]? weights)
    {
        float[] logits = [0.3f, -1, 2, 0, 0.5f, -0.25f, 1, 1, -2];
        int[] labels = [2, 0, 1];
        float[] gradient = new float[9], unused = new float[9];
        CrossEntropy.Of(logits, labels, weights, smoothing, gradient);

        for (int i = 0; i < logits.Length; i++)
        {
            const float Step = 1f / 1024;
            float[] up = [.. logits], down = [.. logits];
            up[i] += Step;
            down[i] -= Step;
            double difference = (CrossEntropy.Of(up, labels, weights, smoothing, unused) - CrossEntropy.Of(down, labels, weights, smoothing, unused)) / (2 * Step);
            Assert.AreEqual(difference, gradient[i], 1e-6, $"logit {i}");
        }
    }
}
