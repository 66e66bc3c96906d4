namespace Microsoft.ML.Spiking.Tests;

[TestClass]
public class MnistTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [RequiresMnist]
    public void Two_hundred_batches_of_the_default_network_read_nine_digits_in_ten()
    {
        var ml = new MLContext(seed: 1);
        SpikingNetworkTransformer model = ml.MulticlassClassification.Trainers.SpikingNetwork(new SpikingNetworkOptions { Batches = 200 }).Fit(Mnist.Training(ml));
        double accuracy = ml.MulticlassClassification.Evaluate(model.Transform(Mnist.Test(ml))).MicroAccuracy;
        TestContext.WriteLine($"accuracy {accuracy}");
        Assert.IsGreaterThan(0.9, accuracy);
    }

    [TestMethod]
    [RequiresMnist]
    public void A_hundred_batches_of_the_best_network_read_nine_digits_in_ten()
    {
        var ml = new MLContext(seed: 1);
        SpikingNetworkTransformer model = ml.MulticlassClassification.Trainers.SpikingNetwork(SpikingNetworkOptions.Best with { Batches = 100 }).Fit(Mnist.Training(ml));
        double accuracy = ml.MulticlassClassification.Evaluate(model.Transform(Mnist.Test(ml))).MicroAccuracy;
        TestContext.WriteLine($"accuracy {accuracy}");
        Assert.IsGreaterThan(0.9, accuracy);
    }

    [TestMethod]
    [TestCategory("Heavy")]
    [Heavy]
    [RequiresMnist]
    public void An_epoch_of_the_reference_network_learns_as_the_published_one_did()
    {
        var ml = new MLContext(seed: 1);
        var epochs = new List<EpochProgress>();
        using var stop = new CancellationTokenSource();
        SpikingNetworkOptions options = SpikingNetworkOptions.Reference with
        {
            ValidationSet = Mnist.Test(ml),
            CancellationToken = stop.Token,
            Progress = new FirstEpoch(epochs, stop),
        };
        // Of 40 epochs, as the schedule has it, one.
        Assert.ThrowsExactly<OperationCanceledException>(() => ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(Mnist.Training(ml)));
        TestContext.WriteLine($"{epochs[0]}");
        Assert.AreEqual(0.72, epochs[0].Accuracy, 0.02);
        Assert.IsGreaterThan(0.80, epochs[0].ValidationAccuracy!.Value);
    }

    private sealed class FirstEpoch(List<EpochProgress> epochs, CancellationTokenSource stop) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value is not EpochProgress epoch) return;
            epochs.Add(epoch);
            stop.Cancel();
        }
    }
}
