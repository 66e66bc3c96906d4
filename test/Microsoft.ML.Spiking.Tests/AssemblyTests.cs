namespace Microsoft.ML.Spiking.Tests;

[TestClass]
public class AssemblyTests
{
    [TestMethod]
    public void The_assembly_version_stays_1_so_that_older_apps_open_newer_models()
        => Assert.AreEqual(new Version(1, 0, 0, 0), System.Reflection.Assembly.Load("Microsoft.ML.Spiking").GetName().Version);
}
