using TorchSharp;

namespace Microsoft.ML.Spiking.Tests;

[TestClass]
public class LibTorchTests
{
    [TestMethod]
    public void A_tensor_can_be_made_and_summed_on_this_machine()
    {
        LibTorch.EnsureLoaded();

        Assert.AreEqual(3f, torch.ones(3).sum().item<float>());
    }

    [TestMethod]
    public void Loading_a_second_time_is_no_fault()
    {
        LibTorch.EnsureLoaded();
        LibTorch.EnsureLoaded();
    }

    [TestMethod]
    public void Without_its_package_the_reason_and_the_remedy_are_named_and_TorchSharp_says_nothing()
    {
        ApplicationRun run = ApplicationRun.WithoutLibTorch([]);

        Assert.AreEqual(1, run.ExitCode, run.Errors);
        Assert.AreEqual("", run.Output);
        StringAssert.StartsWith(run.Errors, "libtorch cannot be loaded: the application brings none, ");
        StringAssert.Contains(run.Errors, "Reference TorchSharp-cpu or one of the TorchSharp-cuda packages");
        Assert.HasCount(2, run.Errors.Split(Environment.NewLine));
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void Without_its_package_it_is_asked_for_even_where_another_libtorch_lies_about()
    {
        // By name it is what TorchSharp's library needs.
        DirectoryInfo folder = Links(NativeFolders.Find("libLdaNative.so")!);
        AssertAskedFor(ApplicationRun.WithoutLibTorch(new() { ["LD_LIBRARY_PATH"] = folder.FullName }), Path.Combine(folder.FullName, "libtorch_cpu.so"));
        folder.Delete(recursive: true);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void Without_its_package_it_is_asked_for_even_where_one_of_another_version_would_load()
    {
        // As another version is: a function that TorchSharp calls has another name.
        DirectoryInfo folder = Links();
        string core = Path.Combine(folder.FullName, "libc10.so");
        byte[] library = File.ReadAllBytes(core), name = "_ZNK3c105Error4whatEv"u8.ToArray();
        int renamed = 0;
        for (int at; (at = library.AsSpan().IndexOf(name)) >= 0; renamed++) library[at + name.Length - 3] = (byte)'x';
        Assert.IsGreaterThan(0, renamed);
        File.Delete(core);
        File.WriteAllBytes(core, library);

        AssertAskedFor(ApplicationRun.WithoutLibTorch(new() { ["LD_LIBRARY_PATH"] = folder.FullName }), Path.Combine(folder.FullName, "libtorch_cpu.so"));
        folder.Delete(recursive: true);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void Without_its_package_it_is_asked_for_even_where_the_system_has_one()
    {
        // Even the very same one: what a system has changes with it.
        DirectoryInfo folder = Links();
        ApplicationRun? run = ApplicationRun.WithoutLibTorchWhereTheSystemHas(folder.FullName);
        folder.Delete(recursive: true);
        if (run is null) Assert.Inconclusive("No process may have files of its own here (unshare, overlay).");
        AssertAskedFor(run, other: null);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void Where_threads_wait_libtorch_does_not_spin_while_a_training_lasts()
    {
        // Processor time that libtorch's threads take while they have nothing to do, in milliseconds: as OpenMP has it, and as in a training.
        ApplicationRun run = ApplicationRun.WithoutLibTorch(new() { ["LD_LIBRARY_PATH"] = Path.GetDirectoryName(NativeFolders.Find("libtorch.so"))! }, "spins");

        Assert.AreEqual(0, run.ExitCode, run.Errors);
        double[] taken = [.. run.Output.Split(' ').Select(time => double.Parse(time, System.Globalization.CultureInfo.InvariantCulture))];
        if (taken.Length == 1) Assert.Inconclusive("One thread has nobody to wait for.");
        Assert.IsLessThan(taken[0] / 2, taken[1], run.Output);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void Every_function_that_the_library_calls_is_there_when_all_are_bound_at_once()
    {
        string libtorch = Path.GetDirectoryName(NativeFolders.Find("libtorch.so"))!;

        ApplicationRun run = ApplicationRun.WithoutLibTorch(new() { ["LD_LIBRARY_PATH"] = libtorch, ["LD_BIND_NOW"] = "1" });

        Assert.AreEqual("3", run.Output, run.Errors);
        Assert.AreEqual("", run.Errors);
    }

    /// <summary>A folder with libtorch's names, all for this file, or each for the real one.</summary>
    private static DirectoryInfo Links(string? file = null)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        foreach (string name in (string[])["libtorch.so", "libtorch_cpu.so", "libc10.so"])
        {
            var real = new FileInfo(file ?? NativeFolders.Find(name)!);
            File.CreateSymbolicLink(Path.Combine(folder.FullName, name), real.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? real.FullName);
        }
        return folder;
    }

    private static void AssertAskedFor(ApplicationRun run, string? other)
    {
        Assert.AreEqual(1, run.ExitCode, run.Errors);
        Assert.AreEqual("", run.Output);
        StringAssert.StartsWith(run.Errors, "libtorch cannot be loaded: the application brings none, and no other will do than that of TorchSharp's own version"
            + $"{(other is null ? "" : $", which {other} is not")}.{Environment.NewLine}Reference TorchSharp-cpu or one of the TorchSharp-cuda packages");
        Assert.HasCount(2, run.Errors.Split(Environment.NewLine));
    }
}
