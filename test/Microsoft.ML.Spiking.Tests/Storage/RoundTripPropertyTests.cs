using Microsoft.ML.Spiking.Tests.Model;

namespace Microsoft.ML.Spiking.Tests.Storage;

/// <summary>A model of any valid options goes into a model.zip and comes out of it the same.</summary>
[TestClass]
public class RoundTripPropertyTests
{
    [TestMethod]
    public void A_model_that_was_saved_and_loaded_is_the_model_and_scores_the_same()
    {
        int diverged = 0;
        Property.ForAll(AnyTraining.Drawn, drawn =>
        {
            try
            {
                IsTheSame(drawn);
            }
            catch (InvalidOperationException refusal) when (Trouble.Divergence.Is(refusal))
            {
                // A gradient that is passed straight through what goes round may grow beyond all numbers, and then there is no model.
                diverged++;
            }
        }, times: 80);
        Assert.IsLessThan(5, diverged);
    }

    private static void IsTheSame(AnyTraining drawn)
    {
        var ml = new MLContext(seed: 1);
        IDataView data = drawn.Data(ml);
        SpikingNetworkTransformer made = ml.MulticlassClassification.Trainers.SpikingNetwork(drawn.Options).Fit(data);
        byte[] file = ModelZip.Save(ml, made, data.Schema);
        var loaded = (SpikingNetworkTransformer)ModelZip.Load(file);

        Assert.AreEqual(made.Model.Network, loaded.Model.Network);
        Assert.AreEqual(drawn.Options.Recipe, loaded.Model.Training.Recipe! with { BatchSize = drawn.Options.BatchSize, Epochs = drawn.Options.Epochs, Batches = drawn.Options.Batches });
        Assert.AreEqual(made.Model.Names, loaded.Model.Names);
        Assert.AreEqual(made.Model.Standardisation, loaded.Model.Standardisation);
        Views.SameValues(made.Transform(data), loaded.Transform(data));

        // What is written of the loaded one is what was written of the first, byte for byte, entry by entry.
        Dictionary<string, byte[]> written = ModelZip.Entries(file), again = ModelZip.Entries(ModelZip.Save(ml, loaded, data.Schema));
        CollectionAssert.AreEqual(written.Keys.Order().ToArray(), again.Keys.Order().ToArray());
        foreach (var (name, bytes) in written) CollectionAssert.AreEqual(bytes, again[name], name);
    }
}
