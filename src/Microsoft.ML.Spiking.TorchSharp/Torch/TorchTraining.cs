using Microsoft.ML.Spiking.Descent;
using Microsoft.ML.Spiking.Engines;
using Microsoft.ML.Spiking.Native;
using Microsoft.ML.Spiking.Plasticity;
using Microsoft.ML.Spiking.Samples;
using Microsoft.ML.Spiking.State;
using TorchSharp;
using static Microsoft.ML.Spiking.Native.RootedScalars;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Torch;

/// <summary>A network in training on libtorch, on any device.</summary>
internal sealed class TorchTraining : NetworkTraining
{
    private const int Means = 3;

    private readonly ShortSpins _spins = new();
    private readonly TrainingMode _mode = new();
    private readonly NetworkTensors _network;
    private readonly TorchEngine _engine;
    private readonly Learner _learner;
    private readonly TensorDescent _descent;
    private readonly Tensor _sums;
    private EpochTensors? _epoch;

    public TorchTraining(TrainingSetup setup, Device device)
    {
        using var scope = NewDisposeScope();
        SpikingNetwork network = setup.Network;
        _network = new NetworkTensors(network, setup.Input.Inputs, setup.Classes, setup.Seed, device);
        DeviceSamples samples = DeviceSamples.Of(setup.Samples, setup.Encoder, device);
        _engine = new TorchEngine(network, setup.Weights, setup.Input.Inputs, samples, device, setup.Fields);
        _learner = new Learner(_network, setup.Recipe, _engine);
        _descent = _network.Descent(setup.Recipe.Optimiser, setup.Total);
        _engine.Train(_descent);
        _sums = zeros(Means + network.AllColumns, float64, device).DetachFromDisposeScope();
    }

    public override string Device => _network.Device.type == DeviceType.CUDA ? $"CUDA {_network.Device.index}" : _network.Device.type.ToString();

    public override string? TorchSharp => TrainingProvenance.VersionOf(typeof(torch));

    public override int Batches => _learner.Step;

    public override IReadOnlyList<StructuralChange> Journal => _learner.Journal;

    public override double LearningRate => _descent.LearningRates[0];

    public override IReadOnlyList<StateArray> State => [.. _network.State, .. _engine.State, .. _descent.State];

    public override int[] OptimiserSteps => _descent.Steps;

    public override double[] Sums
    {
        get
        {
            using Tensor host = _sums.cpu();
            return host.data<double>().ToArray();
        }
        set
        {
            using var scope = NewDisposeScope();
            _sums.copy_(tensor(value, device: CPU));
        }
    }

    public override double? StdpShare => WeightMotion.StdpShare(_network.Layers);

    public override void ForgetMotion()
    {
        using var scope = NewDisposeScope();
        foreach (LayerTensors layer in _network.Layers) layer.Plasticity.Motion.Reset();
    }

    // A device does all in order, and the sums are the last that a step changes.
    public override void Wait() => _ = Sums;

    public override void Learn(TrainingBatch batch)
    {
        using var scope = NewDisposeScope();
        if (_epoch?.Of != batch.Epoch)
        {
            _epoch?.Dispose();
            _epoch = new EpochTensors(batch.Epoch, _network.Device);
        }
        var (rows, labels, weights) = _epoch.At(batch.First, batch.Count);
        StepResult result = _learner.Learn(_engine.Run(_network, rows, batch.Noise), labels, weights);
        foreach (LayerTensors layer in _network.Layers) layer.Plasticity.Motion.Start(layer);
        _descent.Step();
        foreach (LayerTensors layer in _network.Layers) layer.Plasticity.Motion.AddGradient(layer);
        Add(result, labels, weights);
    }

    public override void Resume(int batches, int[] optimiserSteps, IEnumerable<StructuralChange> journal)
    {
        _descent.Steps = optimiserSteps;
        _descent.Done = batches;
        _learner.Resume(batches, journal);
    }

    public override LearntNetwork Learnt()
    {
        static float[] Copy(Tensor? tensor) => tensor?.ToArray() ?? [];
        SpikingNetwork learnt = _engine.Learnt(_network.Network);
        LearntLayer[] layers = [.. _network.Layers.Select((layer, i) => new LearntLayer(learnt.ColumnLayers[i], InputWeights(i), Copy(layer.InterWeights),
            Topology(i), Copy(layer.Plasticity.Usage), layer.Plasticity.TargetRate.ToArray()[0]))];
        return new LearntNetwork(layers, Copy(_network.InputScale), Copy(_network.HiddenWeight), Copy(_network.HiddenBias), Copy(_network.OutputWeight),
            Copy(_network.OutputBias));
    }

    public override float[] Topology(int layer) => _network.Layers[layer].Topology.ToArray();

    public override float[] InputWeights(int layer) => _engine.InputWeights(layer);

    public override void Dispose()
    {
        base.Dispose();
        _epoch?.Dispose();
        _sums.Dispose();
        _descent.Dispose();
        _engine.Dispose();
        _network.Dispose();
        _mode.Dispose();
        _spins.Dispose();
    }

    private void Add(StepResult step, Tensor labels, Tensor? weights)
    {
        Tensor hits = step.Logits.argmax(1).eq(labels), right = (weights is null ? hits : hits * weights).sum(float32);
        _sums.add_(cat([step.CrossEntropy.view(1), right.view(1), step.MeanRate.view(1), step.ColumnRates]), One);
    }
}
