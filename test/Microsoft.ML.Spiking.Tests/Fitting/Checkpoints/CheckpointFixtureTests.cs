namespace Microsoft.ML.Spiking.Tests.Fitting;

/// <summary>A checkpoint of each format that was ever released, which every later version resumes to the model that it was on the way to.</summary>
[TestClass]
public sealed class CheckpointFixtureTests
{
    private static readonly SpikingNetworkOptions s_options = InterruptedTraining.Options with { ValidationFraction = 0.3, EarlyStopping = new EarlyStopping { Patience = 9 } };

    [TestMethod]
    [DataRow("format-3")]
    public void It_is_resumed_to_the_model_that_it_was_on_the_way_to(string name)
    {
        var fixture = new CheckpointFixture(name, s_options);

        SpikingModel model = fixture.Resume();

        Assert.HasCount(4, model.Training.History);
        CollectionAssert.AreEqual(fixture.Expected(), CheckpointFixture.Numbers(model), "to the bit: the same on every processor");
    }
}
