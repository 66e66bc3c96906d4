namespace Microsoft.ML.Spiking.Tests.Engines;

[TestClass]
public class NeuronInputTests
{
    [TestMethod]
    public void Folded_weights_and_a_bias_make_the_current_that_normalisation_made()
    {
        // Two neurons of two inputs; the first has scale 3, shift 0.25, mean 1 and variance 4 - 1e-5.
        NeuronInput folded = NeuronInput.Folded([1, 2, 5, 6], scale: [3, 1], shift: [0.25f, 0], mean: [1, 0], variance: [4 - NormalisationKernel.Epsilon, 1]);
        Assert.AreEqual(1.5f, folded.Weights[0], 1e-6f);
        Assert.AreEqual(3f, folded.Weights[1], 1e-6f);
        Assert.AreEqual(-1.25f, folded.Bias[0], 1e-6f);   // 0.25 - 3 / 2
        Assert.AreEqual(5f, folded.Weights[2], 1e-4f);
        Assert.AreEqual(0, folded.Bias[1]);
    }
}
