using System.Text.Json.Nodes;

namespace Microsoft.ML.Spiking.Tests.Model;

/// <summary>Models that know nothing of what came later.</summary>
[TestClass]
public class OlderTrainingTests
{
    [TestMethod]
    public void One_that_does_not_say_how_its_training_ended_was_trained_to_the_end()
    {
        var ml = new MLContext(seed: 1);
        byte[] older = ModelZip.With(ModelZip.Save(ml, Toy.Trained, Toy.Data(ml).Schema), "Training.json", bytes =>
        {
            JsonObject training = JsonNode.Parse(bytes)!.AsObject();
            Assert.IsTrue(training.Remove("End") && training.Remove("BestEpoch"));
            return System.Text.Encoding.UTF8.GetBytes(training.ToJsonString());
        });

        TrainingRecord record = ((SpikingNetworkTransformer)ModelZip.Load(older)).Model.Training;

        Assert.AreEqual(TrainingEnd.Completed, record.End);
        Assert.IsNull(record.BestEpoch);
    }
}
