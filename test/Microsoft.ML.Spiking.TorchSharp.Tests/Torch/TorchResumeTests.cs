using Microsoft.ML.Spiking.Tests.Fitting;

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
        [s_options with { Network = s_options.Network.EachLayer(layer => layer with { Coupling = 0.3 }) with { Code = new SigmoidCode() } }],
        [s_options with { Network = s_options.Network.EachLayer(layer => layer with { Learning = new Surrogate { Neurons = NeuronLearning.Both } }) }],
        [s_options with { Network = s_options.Network.EachLayer(layer => layer with { Learning = new Surrogate { Neurons = NeuronLearning.Thresholds } }) with { Readout = new Readout { HiddenUnits = 0 } } }],
    ];

    public void Dispose() => _training.Dispose();

    [TestMethod]
    [DynamicData(nameof(Networks))]
    public void At_the_end_of_an_epoch(SpikingNetworkOptions options) => _training.Resumes(options, at: progress => progress is EpochProgress { Epoch: 2 });

    [TestMethod]
    [DynamicData(nameof(Networks))]
    public void In_the_midst_of_an_epoch(SpikingNetworkOptions options) => _training.Resumes(options, at: progress => progress.Batches == 12);

    [TestMethod]
    [DataRow(TrainingEngine.Managed, TrainingEngine.Torch)]
    [DataRow(TrainingEngine.Torch, TrainingEngine.Managed)]
    public void From_one_engine_to_the_other(TrainingEngine first, TrainingEngine second)
    {
        // No noise: the engines draw theirs in different orders.
        SpikingNetworkOptions options = s_options with { Network = s_options.Network with { Code = new DirectCode() } };
        SpikingModel whole = _training.Fit(options with { Engine = first }).Model;
        _training.CancelAt(options with { Engine = first }, progress => progress.Batches == 12);

        SpikingModel resumed = _training.Fit(options with { Engine = second, ResumeFrom = _training.Path }).Model;

        for (int i = 0; i < whole.OutputWeights.Length; i++) Assert.AreEqual(whole.OutputWeights[i], resumed.OutputWeights[i], 1e-5f, $"output weight {i}");
        float[] columns = [.. whole.Layers[0].InputWeights], others = [.. resumed.Layers[0].InputWeights];
        for (int i = 0; i < columns.Length; i++) Assert.AreEqual(columns[i], others[i], 1e-5f, $"column weight {i}");
    }
}
