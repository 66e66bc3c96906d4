namespace Microsoft.ML.Spiking.Tests.Training;

[TestClass]
public class ProgressTests
{
    [TestMethod]
    public void An_epoch_is_one_line_that_says_which_accuracy_is_which()
        => Assert.AreEqual(
            "Epoch 2 of 10: loss 0.2000, training accuracy 90.00 %, validation accuracy 85.00 %, spike rate 0.0512, connection density 0.1250, learning rate 0.001, 1234 rows/s, 26:01:05 left.",
            new EpochProgress
            {
                Epoch = 2, Epochs = 10, Batches = 20, TotalBatches = 100, Loss = 0.2, Accuracy = 0.9, ValidationAccuracy = 0.85, SpikeRate = 0.0512, ConnectionDensity = 0.125, Clustering = 0.5, PathLength = 2,
                Formed = 3, Pruned = 4, StdpShare = 0.1, LearningRate = 1e-3, RowsPerSecond = 1234.4, TrainingTime = TimeSpan.FromSeconds(10), TimeLeft = new TimeSpan(1, 2, 1, 5),
            }.ToString());

    [TestMethod]
    public void A_batch_is_one_line_without_what_is_not_known_of_it()
        => Assert.AreEqual("Epoch 2 of 10, batch 15 of 100: loss 0.2000, training accuracy 90.00 %, learning rate 0.001, 1234 rows/s, 00:01:05 left.", new BatchProgress
        {
            Epoch = 2, Epochs = 10, Batches = 15, TotalBatches = 100, Loss = 0.2, Accuracy = 0.9, LearningRate = 1e-3, RowsPerSecond = 1234.4, TrainingTime = TimeSpan.FromSeconds(10), TimeLeft = TimeSpan.FromSeconds(65),
        }.ToString());
}
