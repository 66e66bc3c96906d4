using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using TorchSharp;

namespace Microsoft.ML.Spiking.Tests.Torch;

/// <summary>Where training happens. GPU 99 is nowhere.</summary>
[TestClass]
public class DeviceTests
{
    private readonly List<LoggingEventArgs> _log = [];

    [TestMethod]
    public void A_GPU_that_is_not_there_is_refused_with_the_remedy()
    {
        var refusal = Assert.ThrowsExactly<InvalidOperationException>(() => Fit(Context(), TrainingDevice.Cuda(99)));

        StringAssert.StartsWith(refusal.Message, "CUDA GPU 99 was asked for, but ");
        StringAssert.EndsWith(refusal.Message, "Set MLContext.FallbackToCpu, or train on TrainingDevice.Cpu. [SPK4002]");
    }

    [TestMethod]
    public void Without_any_GPU_the_package_that_it_needs_is_named()
    {
        LibTorch.EnsureLoaded();
        if (torch.cuda_is_available()) Assert.Inconclusive("This machine has a GPU.");

        var refusal = Assert.ThrowsExactly<InvalidOperationException>(() => Fit(Context(), TrainingDevice.Cuda(0)));
        StringAssert.StartsWith(refusal.Message, "CUDA GPU 0 was asked for, but libtorch finds none: it needs an NVIDIA driver for CUDA 12.8, and a TorchSharp-cuda package");
    }

    [TestMethod]
    public void With_FallbackToCpu_it_trains_on_the_CPU_and_warns()
    {
        MLContext ml = Context();
        ml.FallbackToCpu = true;

        Assert.AreEqual("CPU", Fit(ml, TrainingDevice.Cuda(99)).Provenance.Device);
        StringAssert.EndsWith(_log.Single(line => line.Kind == ChannelMessageKind.Warning).RawMessage, "Training on the CPU, as MLContext.FallbackToCpu says.");
    }

    [TestMethod]
    public void Auto_is_what_the_context_says()
    {
        MLContext ml = Context();
        Fit(ml, TrainingDevice.Auto);
        Assert.HasCount(1, _log.Where(line => line.RawMessage == "Training on the CPU, since MLContext.GpuDeviceId is not set.").ToArray());

        ml.GpuDeviceId = 99;
        ml.FallbackToCpu = false;
        Assert.ThrowsExactly<InvalidOperationException>(() => Fit(ml, TrainingDevice.Auto));
        Assert.AreEqual("CPU", Fit(ml, TrainingDevice.Cpu).Provenance.Device);
    }

    private MLContext Context()
    {
        var ml = new MLContext(seed: 1);
        ml.Log += (_, line) =>
        {
            if (line.Source.Contains(nameof(SpikingNetworkTrainer), StringComparison.Ordinal)) _log.Add(line);
        };
        return ml;
    }

    private static SpikingModel Fit(MLContext ml, TrainingDevice device)
        => ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options with { Device = device }).Fit(Toy.Data(ml)).Model;
}
