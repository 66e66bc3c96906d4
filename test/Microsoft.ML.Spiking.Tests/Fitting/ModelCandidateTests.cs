namespace Microsoft.ML.Spiking.Tests.Fitting;

[TestClass]
public class ModelCandidateTests
{
    [TestMethod]
    [DataRow(0.5, 0.6, 2)]
    [DataRow(0.6, 0.5, 1)]
    [DataRow(0.5, 0.5, 1, DisplayName = "of equals, the earlier one")]
    public void The_more_accurate_of_two_is_better(double first, double second, int better)
        => Assert.AreEqual(better, ModelCandidate.Better(Of(first, epoch: 1), Of(second, epoch: 2)).Epoch);

    [TestMethod]
    public void The_first_is_the_best() => Assert.AreEqual(2, ModelCandidate.Better(null, Of(0, epoch: 2)).Epoch);

    private static ModelCandidate Of(double accuracy, int epoch) => new(Toy.Trained.Model, accuracy, epoch, epoch);
}
