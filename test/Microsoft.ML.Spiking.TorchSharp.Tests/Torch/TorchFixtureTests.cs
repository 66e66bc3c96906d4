using Microsoft.ML.Spiking.Tests.Fitting;

namespace Microsoft.ML.Spiking.Tests.Torch;

/// <summary>
/// A checkpoint that this engine left, in each format that was ever released: every later version resumes it to the model that it was on the way to.
/// </summary>
/// <remarks>It holds neurons' constants that learn, beside an input scale, plasticity, changed connections and a best model.</remarks>
[TestClass]
public sealed class TorchFixtureTests
{
    /// <summary>libtorch adds up in another order on another processor.</summary>
    private const float Rounding = 1e-4f;

    private static readonly SpikingNetworkOptions s_options = InterruptedTraining.Options with
    {
        Engine = TrainingEngine.Torch,
        Network = InterruptedTraining.Options.Network.EachLayer(layer => layer with { Learning = new Surrogate { Neurons = NeuronLearning.Both } }) with { Code = new SigmoidCode() },
        ValidationFraction = 0.3,
        EarlyStopping = new EarlyStopping { Patience = 9 },
    };

    [TestMethod]
    [DataRow("torch-format-3")]
    public void It_is_resumed_to_the_model_that_it_was_on_the_way_to(string name)
    {
        var fixture = new CheckpointFixture(name, s_options);

        SpikingModel model = fixture.Resume();

        Assert.HasCount(4, model.Training.History);
        Assert.IsNotEmpty(model.Training.Journal, "connections must change for this to tell anything");
        float[] expected = fixture.Expected(), actual = CheckpointFixture.Numbers(model);
        Assert.HasCount(expected.Length, actual);
        for (int i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], actual[i], Rounding, $"number {i}");
    }
}
