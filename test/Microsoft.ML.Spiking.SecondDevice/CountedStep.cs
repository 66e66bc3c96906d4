using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Engines;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Images;
using Microsoft.ML.Spiking.Model;
using Microsoft.ML.Spiking.Samples;
using Microsoft.ML.Spiking.Torch;
using TorchSharp;

namespace Microsoft.ML.Spiking.SecondDevice;

/// <summary>A training step whose operations are counted: of a case's options, but of few neurons and rows, on which the number of operations does not depend.</summary>
internal sealed class CountedStep : IDisposable
{
    private const int Side = 28, Classes = 10, Batch = 4;

    private readonly TorchTraining _training;
    private readonly TrainingEpoch _epoch;
    private int _taken;

    public CountedStep(string name, torch.Device device)
    {
        SpikingNetworkOptions options = Cases.Of(name);
        options = options with
        {
            Network = options.Network.EachLayer(layer => layer with { Columns = 4, NeuronsPerColumn = 5, Wiring = new WattsStrogatz { Neighbours = 2 } }) with
            {
                Readout = options.Network.Readout with { HiddenUnits = 6 },
            },
            BatchSize = Batch,
        };
        InputShape shape = InputShape.Intensities(Side, Side);
        var samples = new IntensitySamples(shape, options.Augmentation is { } rule ? new ImageAugmenter(rule, new ImageShape(1, Side, Side, 1)) : null);
        var random = new Random(1);
        for (int row = 0; row < Batch; row++)
            samples.Add([.. Enumerable.Range(0, Side * Side).Select(_ => random.NextDouble() < 0.19 ? random.Next(256) / 255f : 0)], row % Classes);
        options = LeftToData.All(options, shape, samples.Statistics(), Batch);
        SpikeCode code = options.Network.ChosenCode;
        var encoder = new SampleEncoder(options.Network, code.Standardise(samples.Statistics(), options.Network.Scaling), code.InitialInputScales(Side * Side));
        _training = new TorchTraining(new TrainingSetup(options.Network, options.Recipe, shape, Classes, Seed: 1, Total: 1000,
            Drawn.InputWeights(options.Network, shape, seed: 1), encoder, samples), device);
        _epoch = new TrainingEpoch([.. Enumerable.Range(0, Batch)], [.. Enumerable.Range(0, Batch)], Weights: null);
    }

    public void Take() => _training.Learn(new TrainingBatch(_epoch, 0, Batch, CounterRandom.FromSeed(_taken++)));

    /// <summary>Kernels that a step launches, where each would be one on a GPU, by their names.</summary>
    public IReadOnlyDictionary<string, int> Launches() => Counted().Kernels;

    /// <summary>The same of each method that launches any.</summary>
    public IReadOnlyDictionary<string, SortedDictionary<string, int>> Parts() => Counted().Parts;

    /// <summary>Moves of tensors from device to device, and from type to type, that a step asks for. The first step, which brings the epoch, is left out.</summary>
    public long Moves()
    {
        Take();
        using var counter = new OperationCounter(LazyDevice.Library);
        Take();
        return counter.Moves;
    }

    private OperationCounter Counted()
    {
        using var counter = new OperationCounter(LazyDevice.Library);
        Take();
        return counter;
    }

    public void Dispose() => _training.Dispose();
}
