using Microsoft.ML.Runtime;

namespace Microsoft.ML.Spiking.Tests.Fitting;

/// <summary>By what code a network trains, where the application has no library of torch: these tests have none.</summary>
[TestClass]
public class EngineChoiceTests
{
    private readonly List<LoggingEventArgs> _log = [];

    [TestMethod]
    public void A_GPU_that_is_asked_for_needs_the_library_and_its_absence_is_one_sentence()
    {
        var refusal = Assert.ThrowsExactly<InvalidOperationException>(() => Fit(Context(), Toy.Options with { Device = TrainingDevice.Cuda(1) }));

        Assert.AreEqual("CUDA GPU 1 was asked for, but the library Microsoft.ML.Spiking.TorchSharp, which trains on it, is not there: reference its package and a TorchSharp-cuda package. "
            + "Set MLContext.FallbackToCpu, or train on TrainingDevice.Cpu. [SPK4002]", refusal.Message);
    }

    [TestMethod]
    public void With_FallbackToCpu_the_CPU_trains_and_a_warning_says_why()
    {
        MLContext ml = Context();
        ml.GpuDeviceId = 0;
        ml.FallbackToCpu = true;

        SpikingModel model = Fit(ml, Toy.Options with { Device = TrainingDevice.Auto });

        Assert.AreEqual("CPU", model.Provenance.Device);
        Assert.IsNull(model.Provenance.Torch);
        StringAssert.EndsWith(_log.Single(line => line.Kind == ChannelMessageKind.Warning).RawMessage, "Training on the CPU, as MLContext.FallbackToCpu says.");
    }

    [TestMethod]
    public void Managed_training_asks_no_context_for_a_GPU()
    {
        MLContext ml = Context();
        ml.GpuDeviceId = 0;
        ml.FallbackToCpu = false;

        Assert.AreEqual("CPU", Fit(ml, Toy.Options with { Device = TrainingDevice.Auto, Engine = TrainingEngine.Managed }).Provenance.Device);
        Assert.HasCount(1, _log.Where(line => line.RawMessage == "Training on the CPU, since the options' Engine is Managed.").ToArray());
    }

    [TestMethod]
    public void What_torch_alone_can_do_says_so_before_any_row_is_read()
    {
        StringAssert.StartsWith(Refusal(Toy.Options with { Engine = TrainingEngine.Torch }), "Engine is Torch, but the library Microsoft.ML.Spiking.TorchSharp is not there;");

        string Refusal(SpikingNetworkOptions options) => Assert.ThrowsExactly<InvalidOperationException>(() => Fit(Context(), options)).Message;
    }

    [TestMethod]
    public void Options_that_contradict_each_other_are_refused()
    {
        SpikingNetworkOptions managed = Toy.Options with { Engine = TrainingEngine.Managed };

        StringAssert.StartsWith(Refusal(managed with { Device = TrainingDevice.Cuda() }), "Engine is Managed, which trains on the CPU, but Device is Cuda(0);");
        StringAssert.StartsWith(Refusal(managed with { Engine = (TrainingEngine)7 }), "Engine is 7, but it must be Auto, Managed or Torch.");

        static string Refusal(SpikingNetworkOptions options) => Assert.ThrowsExactly<ArgumentException>(options.Check).Message;
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

    private static SpikingModel Fit(MLContext ml, SpikingNetworkOptions options) => ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(Toy.Data(ml)).Model;
}
