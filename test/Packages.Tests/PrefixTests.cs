namespace Microsoft.ML.Spiking.Packages.Tests;

/// <summary>The prefix that a public push takes changes names, and nothing else.</summary>
[TestClass]
public class PrefixTests
{
    [TestMethod]
    public void Packages_and_their_dependencies_take_it()
    {
        PackageFile training = PackedLibraries.Package("Spiking.ML.TorchSharp");

        Assert.AreEqual("Spiking.ML.TorchSharp", training.Metadata["id"]);
        Assert.AreEqual($"[{PackedLibraries.Version}]", training.Dependencies["Spiking.ML"]);
        Assert.IsFalse(training.Dependencies.ContainsKey("Microsoft.ML.Spiking"));
        CollectionAssert.Contains(training.Entries, "buildTransitive/Spiking.ML.TorchSharp.targets");
        Assert.AreEqual("Spiking.ML.Reports", PackedLibraries.Package("Spiking.ML.Reports").Metadata["id"]);
    }

    [TestMethod]
    [DataRow("", "nupkg", "dll")]
    [DataRow("", "nupkg", "xml")]
    [DataRow("", "snupkg", "pdb")]
    [DataRow(".TorchSharp", "nupkg", "dll")]
    [DataRow(".TorchSharp", "nupkg", "xml")]
    [DataRow(".TorchSharp", "snupkg", "pdb")]
    [DataRow(".Reports", "nupkg", "dll")]
    [DataRow(".Interchange", "nupkg", "dll")]
    public void Two_packs_from_nothing_have_the_same_bytes_in_them(string part, string package, string extension)
    {
        string file = $"lib/net10.0/Microsoft.ML.Spiking{part}.{extension}";

        CollectionAssert.AreEqual(PackedLibraries.Package(PackedLibraries.Own + part, package)[file], PackedLibraries.Package(PackedLibraries.Other + part, package)[file]);
    }
}
