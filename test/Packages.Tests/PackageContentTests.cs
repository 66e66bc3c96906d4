namespace Microsoft.ML.Spiking.Packages.Tests;

[TestClass]
public class PackageContentTests
{
    [TestMethod]
    [DataRow("Microsoft.ML.Spiking")]
    [DataRow("Microsoft.ML.Spiking.TorchSharp", "buildTransitive/Microsoft.ML.Spiking.TorchSharp.targets")]
    [DataRow("Microsoft.ML.Spiking.Reports")]
    [DataRow("Microsoft.ML.Spiking.Interchange")]
    [DataRow("Microsoft.ML.Spiking.Mpi")]
    public void A_package_holds_one_assembly_its_documentation_the_readme_and_no_native_code(string id, params string[] more)
        => CollectionAssert.AreEquivalent(
            (string[])["README.md", "icon.png", $"{id}.nuspec", $"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml", .. more],
            PackedLibraries.Package(id).Entries);

    [TestMethod]
    [DataRow("Microsoft.ML.Spiking")]
    [DataRow("Microsoft.ML.Spiking.TorchSharp")]
    [DataRow("Microsoft.ML.Spiking.Reports")]
    [DataRow("Microsoft.ML.Spiking.Interchange")]
    [DataRow("Microsoft.ML.Spiking.Mpi")]
    public void It_says_what_it_is(string id)
    {
        Dictionary<string, string> says = PackedLibraries.Package(id).Metadata;

        Assert.AreEqual(id, says["id"]);
        Assert.AreEqual(PackedLibraries.Version, says["version"]);
        Assert.AreEqual("MIT", says["license"]);
        Assert.AreEqual("README.md", says["readme"]);
        Assert.AreEqual("icon.png", says["icon"]);
        StringAssert.Contains(says["tags"], "spiking-neural-network");
        Assert.IsGreaterThan(60, says["description"].Length);
    }

    [TestMethod]
    public void It_links_to_the_notes_of_its_release()
    {
        if (!PackedLibraries.Package("Microsoft.ML.Spiking").Metadata.TryGetValue("projectUrl", out string? home)) Assert.Inconclusive("This folder is no git checkout.");

        Assert.AreEqual($"{home}/releases/tag/{PackedLibraries.Version}", PackedLibraries.Package("Microsoft.ML.Spiking").Metadata["releaseNotes"]);
    }

    [TestMethod]
    public void Who_trains_on_the_CPU_or_predicts_needs_MLNet_and_tensors_alone()
        => CollectionAssert.AreEquivalent((string[])["Microsoft.ML", "System.Numerics.Tensors"], PackedLibraries.Package("Microsoft.ML.Spiking").Dependencies.Keys);

    [TestMethod]
    public void The_model_format_ties_it_to_one_major_version_of_MLNet()
        => Assert.AreEqual("[5.0.1, 6.0.0)", PackedLibraries.Package("Microsoft.ML.Spiking").Dependencies["Microsoft.ML"]);

    [TestMethod]
    public void Training_on_torch_brings_TorchSharp_and_leaves_the_choice_of_libtorch_to_the_application()
    {
        Dictionary<string, string> needs = PackedLibraries.Package("Microsoft.ML.Spiking.TorchSharp").Dependencies;

        CollectionAssert.IsSubsetOf((string[])["Microsoft.ML.Spiking", "Microsoft.ML", "TorchSharp"], needs.Keys);
        CollectionAssert.AreEqual(Array.Empty<string>(), needs.Keys.Where(id => id.StartsWith("TorchSharp-", StringComparison.Ordinal) || id.StartsWith("libtorch", StringComparison.Ordinal)).ToArray());
    }

    [TestMethod]
    public void Packages_that_share_internals_need_each_other_at_their_own_version_and_no_other()
    {
        foreach (string id in (string[])["Microsoft.ML.Spiking.TorchSharp", "Microsoft.ML.Spiking.Reports", "Microsoft.ML.Spiking.Interchange", "Microsoft.ML.Spiking.Mpi"])
            Assert.AreEqual($"[{PackedLibraries.Version}]", PackedLibraries.Package(id).Dependencies["Microsoft.ML.Spiking"]);
    }

    [TestMethod]
    [DataRow("Microsoft.ML.Spiking")]
    [DataRow("Microsoft.ML.Spiking.TorchSharp")]
    [DataRow("Microsoft.ML.Spiking.Reports")]
    [DataRow("Microsoft.ML.Spiking.Interchange")]
    [DataRow("Microsoft.ML.Spiking.Mpi")]
    public void A_library_never_writes_to_the_console(string id)
    {
        string[] uses = PackedLibraries.Package(id).ForeignTypes($"lib/net10.0/{id}.dll");

        CollectionAssert.Contains(uses, "System.Diagnostics.DebuggableAttribute");
        CollectionAssert.DoesNotContain(uses, "System.Console");
    }
}
