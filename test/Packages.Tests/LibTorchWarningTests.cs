namespace Microsoft.ML.Spiking.Packages.Tests;

/// <summary>An application that references what trains on torch and no libtorch is told so when it is built, and nobody else is.</summary>
[TestClass]
public class LibTorchWarningTests
{
    private static FreshApplication? s_application;

    private static FreshApplication Application => s_application ??= new FreshApplication("Train.cs", PackedLibraries.Other, ("Spiking.ML.TorchSharp", PackedLibraries.Version));

    [ClassCleanup]
    public static void Cleanup() => s_application?.Dispose();

    [TestMethod]
    public void An_application_without_libtorch_is_warned_and_told_the_three_packages()
    {
        string said = Application.Build().Output;

        foreach (string words in (string[])["warning SPK0001: Training on torch needs native libtorch, and app references none.", "TorchSharp-cpu", "TorchSharp-cuda-linux", "TorchSharp-cuda-windows", "TrainsSpikingNetworks"])
            StringAssert.Contains(said, words);
    }

    [TestMethod]
    [DataRow("OutputType=Library", DisplayName = "A library leaves libtorch to the application")]
    [DataRow("IsTestProject=true", DisplayName = "A test is not warned")]
    [DataRow("TrainsSpikingNetworks=false", DisplayName = "Who says that it does not train is not warned")]
    public void Others_are_not(string property)
        => Assert.IsFalse(Application.ResolvePackages("-p:" + property).Output.Contains("SPK", StringComparison.Ordinal));
}
