using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Tests.Fused;

/// <summary>The kernels compute what tensor operations compute, and those that do not are found out.</summary>
[TestClass]
public class FusedKernelsTests
{
    [TestMethod]
    public void As_ILGPU_compiles_them_they_give_to_the_bit_what_they_are_to_give()
    {
        LibTorch.EnsureLoaded();
        using var kernels = new AcceleratorKernels();

        Assert.IsNull(KernelProof.Difference(kernels, CPU));
    }

    [TestMethod]
    [DoNotParallelize]
    public void As_a_driver_takes_and_launches_them_they_give_to_the_bit_what_they_are_to_give()
    {
        LibTorch.EnsureLoaded();
        using (CudaKernels kernels = CudaKernels.Open(StandInDriver.Driver, index: 0)) Assert.IsNull(KernelProof.Difference(kernels, CPU));

        Assert.AreEqual(0, StandInDriver.Open, "contexts that are still held or entered");
    }

    [TestMethod]
    [DoNotParallelize]
    public void Neurons_of_several_blocks_are_all_computed()
    {
        LibTorch.EnsureLoaded();
        using var scope = NewDisposeScope();
        using var managed = new ManagedKernels();
        using CudaKernels kernels = CudaKernels.Open(StandInDriver.Driver, index: 0);
        Tensor currents = linspace(-1, 4, 2 * 19 * 30, dtype: float32).view(2, 19, 30), expected = currents.clone(), constants = tensor([.. Enumerable.Range(0, 4 * 30).Select(i => 0.1f + i / 30)], [4, 30]);

        Tensor spikes = kernels.Run(currents, constants);

        Assert.AreEqual(3u, StandInDriver.Blocks);
        CollectionAssert.AreEqual(managed.Run(expected, constants).Read(), spikes.Read());
        CollectionAssert.AreEqual(expected.Read(), currents.Read());
    }

    [TestMethod]
    [DoNotParallelize]
    public void A_driver_that_refuses_is_quoted_and_left_as_it_was()
    {
        var refusal = Assert.ThrowsExactly<InvalidOperationException>(() => CudaKernels.Open(StandInDriver.Driver, index: 1));
        Assert.AreEqual("cuDeviceGet of NVIDIA's driver gave the error 1.", refusal.Message);
        StandInDriver.Change = (".entry Spikes", ".entry Others");
        try
        {
            refusal = Assert.ThrowsExactly<InvalidOperationException>(() => CudaKernels.Open(StandInDriver.Driver, index: 0));
        }
        finally
        {
            StandInDriver.Change = null;
        }
        Assert.AreEqual("cuModuleGetFunction of NVIDIA's driver gave the error 500.", refusal.Message);
        Assert.AreEqual(0, StandInDriver.Open, "contexts that are still held or entered");
    }

    [TestMethod]
    [DoNotParallelize]
    [DataRow("0f3F800000, 0f00000000", "0f00000001, 0f00000000", "the spikes of its neurons", DisplayName = "1, of which ILGPU makes a float's bits where C# converts a whole number")]
    [DataRow("mul.rn.f32", "add.rn.f32", "the spikes of its neurons")]
    [DataRow("div.rn.f32", "mul.rn.f32", "the gradients of its ATan")]
    [DataRow("rcp.rn.f32", "neg.f32", "the gradients of its FastSigmoid")]
    [DataRow("shr.u64", "add.u64", "the spikes of its inputs")]
    public void A_text_that_computes_something_else_is_found_out(string right, string wrong, string expected)
    {
        LibTorch.EnsureLoaded();
        Assert.Contains(right, StandInDriver.Held);
        StandInDriver.Change = (right, wrong);
        try
        {
            using CudaKernels kernels = CudaKernels.Open(StandInDriver.Driver, index: 0);
            Assert.AreEqual(expected, KernelProof.Difference(kernels, CPU));
        }
        finally
        {
            StandInDriver.Change = null;
        }
    }

    [TestMethod]
    [DataRow("", "", DisplayName = "none")]
    [DataRow(FusedKernels.Neurons, "the spikes of its neurons")]
    [DataRow(FusedKernels.NeuronsBack, "the gradients of its ATan")]
    [DataRow(FusedKernels.Spikes, "the spikes of its inputs")]
    public void A_kernel_of_which_one_bit_is_wrong_is_found_out(string wrong, string expected)
    {
        LibTorch.EnsureLoaded();
        using var kernels = new SpoiltKernels(wrong);

        Assert.AreEqual(expected, KernelProof.Difference(kernels, CPU) ?? "");
    }

    [TestMethod]
    [DoNotParallelize]
    [DataRow(FusedKernels.Spikes, "Training goes by tensor operations and without fused kernels, since the spikes of its inputs are not those of the CPU.")]
    [DataRow("", "Neurons and their noise are computed by fused kernels.")]
    [DataRow(null, "Training goes by tensor operations and without fused kernels, since there is no driver.")]
    public void A_training_says_once_whether_it_takes_them_and_goes_on(string? wrong, string expected)
    {
        var ml = new MLContext(seed: 1);
        var said = new List<string>();
        ml.Log += (_, e) => said.Add(e.Message);
        KernelChoice.Instead = _ => wrong is null ? throw new DllNotFoundException("there is no driver") : new SpoiltKernels(wrong);
        try
        {
            SpikingNetworkOptions options = Toy.Options with { Engine = TrainingEngine.Torch };
            var trained = ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(Toy.Data(ml));
            Assert.IsNotNull(trained.Model);
        }
        finally
        {
            KernelChoice.Instead = null;
        }
        Assert.HasCount(1, said.Where(message => message.Contains("fused kernels", StringComparison.Ordinal)));
        Assert.IsTrue(said.Any(message => message.EndsWith(expected, StringComparison.Ordinal)), string.Join("\n", said));
    }

    /// <summary>The kernels of managed code, one of which gets a bit of its last number wrong.</summary>
    private sealed unsafe class SpoiltKernels(string wrong) : ManagedKernels
    {
        protected override void Launch(string kernel, int lanes, KernelArgument[] arguments)
        {
            base.Launch(kernel, lanes, arguments);
            if (kernel != wrong) return;
            // Gradients are written where they came from, spikes behind what they are made of.
            KernelArgument written = arguments[kernel == NeuronsBack ? 0 : 1];
            ((int*)written.Bits)[written.Length - 1] ^= 1;
        }
    }
}
