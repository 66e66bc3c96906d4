using Microsoft.ML.Spiking.Tests.Fitting;
using TorchSharp;

namespace Microsoft.ML.Spiking.Tests.Torch;

[TestClass]
public class MemoryTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Two_hundred_epochs_leave_no_tensor_alive() => LeavesNone(() => Fit(Toy.Options with { Batches = null, Epochs = 200, ValidationFraction = 0.2 }));

    [TestMethod]
    public void A_cancelled_training_leaves_no_tensor_alive() => LeavesNone(() =>
    {
        using var source = new CancellationTokenSource();
        Assert.ThrowsExactly<OperationCanceledException>(() => Fit(Toy.Options with { ProgressInterval = 1, Progress = new Reports(_ => source.Cancel()), CancellationToken = source.Token }));
    });

    [TestMethod]
    public void Checkpoints_leave_no_tensor_alive()
    {
        string path = Path.GetTempFileName();
        SpikingNetworkOptions options = Toy.Options with { Batches = null, Epochs = 5, ValidationFraction = 0.2, EarlyStopping = new EarlyStopping(), CheckpointPath = path };
        LeavesNone(() =>
        {
            Fit(options with { MaximumTime = TimeSpan.FromTicks(1) });
            Fit(options with { ResumeFrom = path });
        }, networks: 2);
        File.Delete(path);
    }

    public static IEnumerable<object[]> Ways =>
    [
        [Toy.Options],
        [Toy.Options with { Network = Toy.Options.Network.EachLayer(layer => layer with { Learning = new Reservoir() }) }],
        [Toy.Options with { Network = Toy.Options.Network.EachLayer(layer => layer with { Coupling = 0.5 }) with { Code = new SigmoidCode() } }],
        [Toy.Options with { Network = Toy.Options.Network.EachLayer(layer => layer with { Recurrence = new Recurrence() }) }],
        [Toy.Options with { Network = Toy.Options.Network.EachLayer(layer => layer with { Learning = new Surrogate { Neurons = NeuronLearning.Both } }), Engine = TrainingEngine.Torch }],
    ];

    [TestMethod]
    [DynamicData(nameof(Ways))]
    public void As_many_tensors_live_after_every_epoch(SpikingNetworkOptions options)
    {
        var living = new List<long>();
        void Count(TrainingProgress progress)
        {
            if (progress is EpochProgress) living.Add(torch.Tensor.TotalCount);
        }

        Fit(options with { Network = options.Network.EachLayer(layer => layer with { StructuralPlasticity = new StructuralPlasticity { Interval = 3 } }), Batches = null, Epochs = 40, Progress = new Reports(Count) });

        Assert.HasCount(40, living);
        Assert.AreEqual(living[4], living[^1], string.Join(", ", living));
    }

    private void Fit(SpikingNetworkOptions options)
        => _ml.MulticlassClassification.Trainers.SpikingNetwork(options with { Engine = TrainingEngine.Torch }).Fit(Toy.Data(_ml));

    private static void LeavesNone(Action act, int networks = 1)
    {
        // TorchSharp goes on counting the tensor that a Parameter takes its handle from: one for each of a network's six.
        long counted = Left(() =>
        {
            using var values = torch.zeros(1);
            using var parameter = torch.nn.Parameter(values);
        });

        Assert.AreEqual(networks * 6 * counted, Left(act));
    }

    private static long Left(Action act)
    {
        LibTorch.EnsureLoaded();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long before = torch.Tensor.TotalCount;
        act();
        return torch.Tensor.TotalCount - before;
    }
}
