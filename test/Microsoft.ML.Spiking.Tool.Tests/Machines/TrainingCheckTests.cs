namespace Microsoft.ML.Spiking.Tests.Machines;

[TestClass]
public class TrainingCheckTests
{
    [TestMethod]
    public void Where_libtorch_does_not_load_the_reason_and_the_remedy_are_found_and_training_is_not_possible()
    {
        Finding[] findings = [.. TrainingCheck.Examine(() => throw Failure.BackEnd("libtorch cannot be loaded: not found.", "install it."))];

        Assert.AreEqual(Finding.Fail("libtorch", "libtorch cannot be loaded: not found.", "install it."), findings.Single());
        Assert.IsFalse(Doctor.Sum(findings).CanTrain);
    }
}
