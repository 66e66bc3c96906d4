using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Descent;
using Microsoft.ML.Spiking.Engines;
using Microsoft.ML.Spiking.Model;
using Microsoft.ML.Spiking.Native;
using Microsoft.ML.Spiking.Plasticity;
using Microsoft.ML.Spiking.Samples;
using Microsoft.ML.Spiking.State;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Torch;

/// <summary>A network in training on libtorch, on any device.</summary>
internal sealed class TorchTraining : NetworkTraining
{
    private readonly ShortSpins _spins = new();
    private readonly TrainingMode _mode = new();
    private readonly KernelChoice _kernels;
    private readonly SampleEncoder _encoder;
    private readonly NetworkTensors _network;
    private readonly TorchEngine _engine;
    private readonly Learner _learner;
    private readonly TensorDescent _descent;
    private readonly LossTargets _targets;
    private readonly StepSums _sums;
    private EpochTensors? _epoch;

    public TorchTraining(TrainingSetup setup, Device device)
    {
        using var scope = NewDisposeScope();
        SpikingNetwork network = setup.Network;
        LayerInput input = LayerInput.Of(setup.Input);
        _network = new NetworkTensors(network, input, setup.Classes, setup.Seed, device);
        _kernels = KernelChoice.For(device);
        _encoder = setup.Encoder;
        DeviceSamples? samples = setup.Samples is { } rows ? DeviceSamples.Of(rows, _encoder, device, kernels: _kernels.Kernels) : null;
        _engine = new TorchEngine(network, setup.Weights, input, samples, device, setup.Fields, kernels: _kernels.Kernels);
        _learner = new Learner(_network, setup.Recipe, _engine);
        _descent = _network.Descent(setup.Recipe.Optimiser, setup.Total);
        _engine.Train(_descent);
        _targets = new LossTargets(setup.Classes, setup.Recipe.LabelSmoothing, device);
        _sums = new StepSums(network.AllColumns);
    }

    public override string Device => _network.Device.type == DeviceType.CUDA ? $"CUDA {_network.Device.index}" : _network.Device.type.ToString();

    public override string? TorchSharp => TrainingProvenance.VersionOf(typeof(torch));

    public override string? Remark => _kernels.Remark;

    public override int Batches => _learner.Step;

    public override IReadOnlyList<StructuralChange> Journal => _learner.Journal;

    public override double LearningRate => _descent.LearningRates[0];

    public override IReadOnlyList<StateArray> State => [.. _network.State, .. _engine.State, .. _descent.State];

    public override int[] OptimiserSteps => _descent.Steps;

    public override double[] Sums
    {
        get => _sums.Values;
        set => _sums.Values = value;
    }

    public override double? StdpShare => WeightMotion.StdpShare(_network.Layers);

    public override void ForgetMotion()
    {
        using var scope = NewDisposeScope();
        foreach (LayerTensors layer in _network.Layers) layer.Plasticity.Motion.Reset();
    }

    // A device does all in order, and the weights are the last that a step changes.
    public override void Wait() => _network.OutputBias.ToArray();

    public override void Show(TrainingSamples samples) => _engine.Replace(DeviceSamples.Of(samples, _encoder, _network.Device, kernels: _kernels.Kernels));

    public override void Learn(TrainingBatch batch)
    {
        using var scope = NewDisposeScope();
        if (_epoch?.Of != batch.Epoch)
        {
            _epoch?.Dispose();
            _epoch = new EpochTensors(batch.Epoch, _targets, _network.Device);
        }
        var (rows, targets) = _epoch.At(batch.First, batch.Count);
        StepResult result = _learner.LearnTargets(_engine.Run(_network, rows, batch.Noise, batch.Rows), targets);
        _descent.Step();
        foreach (LayerTensors layer in _network.Layers)
            if (_descent.Moved(layer.InterWeights) is var (direction, rate)) layer.Plasticity.Motion.AddGradient(direction, rate, layer.Topology);
        _sums.Add(result, batch);
    }

    public override void Resume(int batches, int[] optimiserSteps, IEnumerable<StructuralChange> journal)
    {
        _descent.Steps = optimiserSteps;
        _descent.Done = batches;
        _learner.Resume(batches, journal);
    }

    public override LearntNetwork Learnt() => _descent.OfModel(Read);

    public override float[] Topology(int layer) => _network.Layers[layer].Topology.ToArray();

    public override float[] InputWeights(int layer) => _engine.InputWeights(layer);

    public override bool HasFiniteInputWeights(int layer) => _engine.Layers[layer].HasFiniteWeights;

    public override void Dispose()
    {
        base.Dispose();
        _epoch?.Dispose();
        _sums.Dispose();
        _targets.Dispose();
        _descent.Dispose();
        _engine.Dispose();
        _network.Dispose();
        _kernels.Dispose();
        _mode.Dispose();
        _spins.Dispose();
    }

    private LearntNetwork Read()
    {
        static float[] Copy(Tensor? tensor) => tensor?.ToArray() ?? [];
        SpikingNetwork learnt = _engine.Learnt(_network.Network);
        LearntLayer[] layers = [.. _network.Layers.Select((layer, i) => new LearntLayer(learnt.Layers[i], _engine.Learnt(i), Copy(layer.InterWeights),
            Topology(i), Copy(layer.Plasticity.Usage), layer.Plasticity.TargetRate.ToArray()[0])
        {
            RecurrentWeights = Copy(layer.Recurrence?.Weights), RecurrentTopology = layer.Recurrence?.Graph ?? Graph.None,
        })];
        return new LearntNetwork(layers, Copy(_network.InputScale), Copy(_network.HiddenWeight), Copy(_network.HiddenBias), Copy(_network.OutputWeight),
            Copy(_network.OutputBias), Copy(_network.AttentionWeight));
    }
}
