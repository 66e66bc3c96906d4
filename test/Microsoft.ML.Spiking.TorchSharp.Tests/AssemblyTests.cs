namespace Microsoft.ML.Spiking.Tests;

[TestClass]
public class AssemblyTests
{
    /// <summary>Threads that spin while they wait would make tests on few cores slow.</summary>
    [AssemblyInitialize]
    public static void Initialize(TestContext _) => Applications.OpenMP.StopSpinning();

    [TestMethod]
    public void The_assembly_version_stays_1_so_that_older_apps_open_newer_models()
        => Assert.AreEqual(new Version(1, 0, 0, 0), System.Reflection.Assembly.Load("Microsoft.ML.Spiking.TorchSharp").GetName().Version);
}
