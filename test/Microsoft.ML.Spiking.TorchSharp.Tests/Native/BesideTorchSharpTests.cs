namespace Microsoft.ML.Spiking.Tests;

/// <summary>ML.NET's own TorchSharp package and ours in one process, each order in a process of its own.</summary>
[TestClass]
public class BesideTorchSharpTests
{
    private const string Theirs = "theirs: AutoFormerV2 of 141 parameters", Ours = "ours: 2 batches";

    [TestMethod]
    public void Ours_first_makes_TorchSharp_ready_for_theirs() => AssertDone(ApplicationRun.BesideTorchSharp([], "ours", "theirs"), Ours, Theirs);

    [TestMethod]
    public void Prepared_theirs_may_be_first() => AssertDone(ApplicationRun.BesideTorchSharp([], "prepare", "theirs", "ours"), "prepare: ready", Theirs, Ours);

    [TestMethod]
    public void Theirs_first_without_it_either_works_or_ours_names_it()
    {
        // TorchSharp would gather half a gigabyte of packages beside the application.
        DirectoryInfo noPackages = Directory.CreateTempSubdirectory();

        ApplicationRun run = ApplicationRun.BesideTorchSharp(new() { ["NUGET_PACKAGES"] = noPackages.FullName }, "theirs", "ours");
        noPackages.Delete(recursive: true);

        string last = run.Output.TrimEnd().Split(Environment.NewLine)[^1];
        if (last == Ours) StringAssert.Contains(run.Output, Theirs);
        else
        {
            StringAssert.StartsWith(last, "ours failed: TorchSharp was used before its native library could be loaded");
            StringAssert.Contains(last, "call SpikingTorchSharp.Prepare() before");
            StringAssert.EndsWith(last, "[SPK4001]");
        }
    }

    private static void AssertDone(ApplicationRun run, params string[] lines)
    {
        Assert.AreEqual(0, run.ExitCode, run.Errors);
        CollectionAssert.AreEqual(lines, run.Output.TrimEnd().Split(Environment.NewLine), run.Output + run.Errors);
    }
}
