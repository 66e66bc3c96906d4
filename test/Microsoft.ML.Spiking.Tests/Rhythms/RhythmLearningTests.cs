using Microsoft.ML.Spiking.Samples.Rhythms;

namespace Microsoft.ML.Spiking.Tests.Rhythms;


/// <summary>Classes that differ in time alone: what the network tells apart, and what counts tell apart.</summary>
[TestClass]
public class RhythmLearningTests
{
    private static readonly RhythmRecording[] s_training = RhythmRecording.Make(800, seed: 1), s_unseen = RhythmRecording.Make(800, seed: 2);

    private readonly MLContext _ml = new(seed: 1);

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public void The_network_names_19_rhythms_in_20(int seed)
        => Assert.IsGreaterThanOrEqualTo(0.95, Accuracy(_ml.MulticlassClassification.Trainers.SpikingNetwork(RhythmNetwork.Options with { Seed = seed })));

    [TestMethod]
    public void A_linear_classifier_of_the_counts_guesses()
        // One in eight, of which the deviation in 800 draws is 0.012; three of them.
        => Assert.AreEqual(1 / 8.0, Accuracy(_ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(featureColumnName: nameof(RhythmRecording.Counts))), 0.036);

    private double Accuracy(IEstimator<ITransformer> learner)
    {
        double accuracy = Contender.Train(_ml, "", learner, s_training, s_unseen).Accuracy;
        TestContext.WriteLine($"accuracy {accuracy}");
        return accuracy;
    }
}
