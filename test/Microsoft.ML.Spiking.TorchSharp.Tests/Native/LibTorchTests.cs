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
        // By name it is what TorchSharp's library needs, so that the loader goes on to what it lacks next.
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        foreach (string name in (string[])["libtorch.so", "libtorch_cpu.so", "libc10.so"]) File.CreateSymbolicLink(Path.Combine(folder.FullName, name), NativeFolders.Find("libLdaNative.so")!);

        ApplicationRun run = ApplicationRun.WithoutLibTorch(new() { ["LD_LIBRARY_PATH"] = folder.FullName });
        folder.Delete(recursive: true);

        Assert.AreEqual(1, run.ExitCode, run.Errors);
        StringAssert.StartsWith(run.Errors, "libtorch cannot be loaded: the application brings none, ");
        StringAssert.Contains(run.Errors, "Reference TorchSharp-cpu or one of the TorchSharp-cuda packages");
        Assert.IsFalse(run.Errors.Contains("libtorch.so: cannot open", StringComparison.Ordinal), run.Errors);
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
}
