namespace Microsoft.ML.Spiking.Tests.Machines;

[TestClass]
public class TrainingCheckTests
{
    [TestMethod]
    [DataRow(2, true, true, Health.Ok, "libtorch finds 2")]
    [DataRow(0, true, true, Health.Warn, "there are an NVIDIA driver and CUDA's libtorch, but it finds no GPU")]
    [DataRow(0, false, true, Health.Warn, "there is an NVIDIA driver, but this libtorch is the CPU's")]
    [DataRow(0, true, false, Health.Ok, "no NVIDIA driver; networks train on the CPU")]
    [DataRow(0, false, false, Health.Ok, "no NVIDIA driver; networks train on the CPU")]
    public void What_is_in_the_way_of_a_GPU_is_named(int gpus, bool cuda, bool driver, object health, string detail)
    {
        Finding finding = TrainingCheck.WithTorch(gpus, cuda, driver);

        Assert.AreEqual(health, finding.Health);
        Assert.AreEqual(detail, finding.Detail);
        Assert.AreEqual(finding.Health == Health.Warn, finding.Remedy is not null, "a warning has its way out");
    }

    [TestMethod]
    public void A_tool_that_was_built_without_torch_says_so_where_there_is_a_GPU()
    {
        Assert.AreEqual(Health.Warn, TrainingCheck.WithoutTorch(driver: true).Health);
        Assert.AreEqual(Health.Ok, TrainingCheck.WithoutTorch(driver: false).Health);
    }

    [TestMethod]
    public void Where_no_training_works_networks_cannot_be_trained()
    {
        Assert.IsFalse(Doctor.Sum([Finding.Fail("training", "no", "mend it.")]).CanTrain);
        Assert.IsTrue(Doctor.Sum([Finding.Ok("training", "yes"), Finding.Fail("GPU 0", "no", "mend it.")]).CanTrain, "the CPU is enough");
    }
}
