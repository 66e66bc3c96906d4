using System.Buffers.Binary;
using Microsoft.ML.Spiking.Tests.Fitting;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Tests.Torch;

/// <summary>A training on torch that is interrupted and resumed gives, to the byte, the model of one that never was; and it goes on where another engine stopped.</summary>
[TestClass]
public sealed class TorchResumeTests : IDisposable
{
    private static readonly SpikingNetworkOptions s_options = InterruptedTraining.Options with { Engine = TrainingEngine.Torch };

    private readonly InterruptedTraining _training = new();

    public static IEnumerable<object[]> Networks =>
    [
        [s_options],
        [s_options with { BlockRows = 10 }],
        [s_options with { Optimiser = s_options.Optimiser with { AverageMemory = 0.9 } }],
        [s_options with { Network = s_options.Network with { Readout = new Readout { HiddenUnits = 6, Windows = 3, Pooling = WindowPooling.Attention, TimeConstant = 3 } } }],
        [s_options with { Network = s_options.Network.EachLayer(layer => layer with { Normalisation = new CurrentNormalisation() }) }],
        [s_options with { Network = s_options.Network.EachLayer(layer => layer with { Coupling = 0.3 }) with { Code = new SigmoidCode() } }],
        [s_options with { Network = s_options.Network.EachLayer(layer => layer with { Recurrence = new Recurrence() }) }],
        [s_options with { Network = s_options.Network.EachLayer(layer => layer with { Learning = new Surrogate { Neurons = NeuronLearning.Both } }) }],
        [s_options with { Network = s_options.Network.EachLayer(layer => layer with { Learning = new Surrogate { Neurons = NeuronLearning.Thresholds } }) with { Readout = new Readout { HiddenUnits = 0 } } }],
        [s_options with { Network = s_options.Network.EachLayer(layer => layer with { Learning = new Surrogate { Neurons = NeuronLearning.Both } }), ValidationFraction = 0.3, EarlyStopping = new EarlyStopping { Patience = 4 } }],
    ];

    public void Dispose() => _training.Dispose();

    [TestMethod]
    [DynamicData(nameof(Networks))]
    public void At_the_end_of_an_epoch(SpikingNetworkOptions options) => _training.Resumes(options, at: progress => progress is EpochProgress { Epoch: 2 });

    [TestMethod]
    [DynamicData(nameof(Networks))]
    public void In_the_midst_of_an_epoch(SpikingNetworkOptions options) => _training.Resumes(options, at: progress => progress.Batches == 12);

    [TestMethod]
    public void In_one_block_rows_that_are_not_held_train_the_model_that_others_do()
    {
        SpikingNetworkOptions options = s_options with { BatchSize = 24 };

        CollectionAssert.AreEqual(_training.Fit(options).Model.OutputWeights, _training.Fit(options with { BlockRows = 11 }).Model.OutputWeights);
    }

    [TestMethod]
    public void Not_from_numbers_that_are_none()
    {
        _training.CancelAt(s_options, progress => progress.Batches == 12);
        Checkpoint written = CheckpointFile.Read(_training.Path);
        byte[] state = [.. written.State];
        BinaryPrimitives.WriteSingleLittleEndian(state.AsSpan(state.Length - sizeof(float)), float.NaN);   // an optimiser's running square
        CheckpointFile.Write(written with { State = state });

        var refusal = Assert.ThrowsExactly<InvalidDataException>(() => _training.Fit(s_options with { ResumeFrom = _training.Path }));
        StringAssert.Contains(refusal.Message, ".square' holds NaN at place ");
    }

    [TestMethod]
    public void Such_numbers_are_found_on_the_device()
    {
        LibTorch.EnsureLoaded();
        using Tensor numbers = tensor([1f, float.NaN]);
        StateArray array = numbers.As("numbers");
        Assert.IsFalse(array.IsFinite());

        array.Put([1, float.PositiveInfinity]);
        Assert.IsFalse(array.IsFinite());

        array.Put([1, float.MaxValue]);
        Assert.IsTrue(array.IsFinite());
    }

    [TestMethod]
    public void A_training_that_loses_its_numbers_says_so()
    {
        var ml = new MLContext(seed: 1);
        SpikingNetworkOptions wild = Toy.Options with { Engine = TrainingEngine.Torch, Batches = 1, CheckpointPath = _training.Path, Network = Toy.Options.Network with { Code = new SigmoidCode { Mean = 0.5, Deviation = 1e-12 } } };
        IDataView huge = Toy.Keyed(ml, Toy.Samples(24).Select(sample => new Sample { Class = sample.Class, Features = [.. sample.Features.Select(value => value * 1e38f)] }));

        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => ml.MulticlassClassification.Trainers.SpikingNetwork(wild).Fit(huge)).Message, " after epoch 1: training has diverged;");
        Assert.IsFalse(File.Exists(_training.Path));
    }

    [TestMethod]
    [DataRow(TrainingEngine.Managed, TrainingEngine.Torch, NeuronLearning.None)]
    [DataRow(TrainingEngine.Torch, TrainingEngine.Managed, NeuronLearning.None)]
    [DataRow(TrainingEngine.Managed, TrainingEngine.Torch, NeuronLearning.Both)]
    [DataRow(TrainingEngine.Torch, TrainingEngine.Managed, NeuronLearning.Both)]
    public void From_one_engine_to_the_other(TrainingEngine first, TrainingEngine second, NeuronLearning learns)
    {
        // No noise: the engines draw theirs in different orders.
        SpikingNetworkOptions options = s_options with { Network = s_options.Network.EachLayer(layer => layer with { Learning = new Surrogate { Neurons = learns } }) with { Code = new DirectCode() } };
        SpikingModel whole = _training.Fit(options with { Engine = first }).Model;
        _training.CancelAt(options with { Engine = first }, progress => progress.Batches == 12);

        SpikingModel resumed = _training.Fit(options with { Engine = second, ResumeFrom = _training.Path }).Model;

        for (int i = 0; i < whole.OutputWeights.Length; i++) Assert.AreEqual(whole.OutputWeights[i], resumed.OutputWeights[i], 1e-5f, $"output weight {i}");
        float[] columns = [.. whole.Layers[0].InputWeights], others = [.. resumed.Layers[0].InputWeights];
        for (int i = 0; i < columns.Length; i++) Assert.AreEqual(columns[i], others[i], 1e-5f, $"column weight {i}");
    }
}
