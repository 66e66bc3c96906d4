using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Descent;
using Microsoft.ML.Spiking.Engines;
using Microsoft.ML.Spiking.Samples;
using Microsoft.ML.Spiking.State;

namespace Microsoft.ML.Spiking.Managed;

/// <summary>A network in training on the CPU, without any native library.</summary>
/// <remarks>
/// How many threads there are, and how wide the processor's vectors are, changes no bit: each number is a sum whose terms are added in one order.
/// </remarks>
internal sealed class ManagedTraining : NetworkTraining
{
    private const int Means = 3;

    private readonly NetworkArrays _network;
    private readonly ColumnEngine _engine;
    private readonly ManagedLearner _learner;
    private readonly GradientDescent _descent;
    private readonly BlockedBatch? _blocks;   // null where a batch is learnt from as one

    public ManagedTraining(TrainingSetup setup)
    {
        SpikingNetwork network = setup.Network;
        _network = new NetworkArrays(network, LayerInput.Of(setup.Input), setup.Classes, setup.Seed);
        _engine = (ColumnEngine?)TableEngine.TryCreate(network, setup.Weights[0], setup.Input.Inputs, setup.Encoder, setup.Samples, setup.Steps)
            ?? new CpuEngine(network, setup.Weights, LayerInput.Of(setup.Input), setup.Encoder, setup.Samples, setup.Steps, setup.Fields);
        _learner = new ManagedLearner(_network, setup.Recipe, _engine);
        _descent = _network.Descent(setup.Recipe.Optimiser, setup.Total);
        _engine.Train(_descent);
        if (setup.Recipe.GradientBlocks is > 1) _blocks = new BlockedBatch(setup, _network, _engine, _learner, _descent);
        Sums = new double[Means + network.AllColumns];
    }

    public override string Device => "CPU";

    public override int Batches => _learner.Step;

    public override IReadOnlyList<StructuralChange> Journal => _learner.Journal;

    public override double LearningRate => _descent.LearningRates[0];

    public override IReadOnlyList<StateArray> State => [.. _network.State, .. _engine.State, .. _descent.State];

    public override int[] OptimiserSteps => _descent.Steps;

    public override double[] Sums { get; set; }

    public override double? StdpShare
    {
        get
        {
            double byStdp = _network.Layers.Sum(layer => (double)layer.Plasticity.MovedByStdp);
            double all = byStdp + _network.Layers.Sum(layer => (double)layer.Plasticity.MovedByGradient);
            return all > 0 ? byStdp / all : null;
        }
    }

    public override void ForgetMotion()
    {
        foreach (LayerArrays layer in _network.Layers) (layer.Plasticity.MovedByStdp, layer.Plasticity.MovedByGradient) = (0, 0);
    }

    public override void Show(TrainingSamples samples)
    {
        _engine.Samples = samples;
        _blocks?.Show(samples);
    }

    public override void Learn(TrainingBatch batch)
    {
        StepOutcome outcome = _blocks?.Learn(batch) ?? _learner.Learn(_engine.Run(_network, batch.Rows, batch.Noise), batch.Labels, batch.Weights);
        foreach (LayerArrays layer in _network.Layers) layer.BeginMotion();
        _descent.Step();
        foreach (LayerArrays layer in _network.Layers) layer.Plasticity.MovedByGradient += layer.Motion();
        Add(outcome);
    }

    public override double Weight(TrainingBatch batch) => _blocks?.Weight ?? batch.TotalWeight;

    public override void Resume(int batches, int[] optimiserSteps, IEnumerable<StructuralChange> journal)
    {
        _descent.Steps = optimiserSteps;
        _descent.Done = batches;
        _learner.Resume(batches, journal);
    }

    public override LearntNetwork Learnt() => _descent.OfModel(Read);

    public override float[] Topology(int layer) => _network.Layers[layer].Topology;

    public override float[] InputWeights(int layer) => _engine.InputWeights(layer);

    private LearntNetwork Read()
    {
        static float[] Copy(TrainedArray? array) => array?.Weights.Span.ToArray() ?? [];
        LearntLayer[] layers = [.. _network.Layers.Select((layer, i) => new LearntLayer(_engine.Now(i) ?? layer.Layer, _engine.Learnt(i),
            Copy(layer.InterWeights), [.. layer.Topology], [.. layer.Plasticity.Usage], layer.Plasticity.TargetRate)
        {
            RecurrentWeights = layer.Recurrence?.ToPairs() ?? [],
            RecurrentTopology = layer.Recurrence?.Graph ?? Graph.None,
        })];
        return new LearntNetwork(layers, Copy(_network.InputScale), Copy(_network.HiddenWeight), Copy(_network.HiddenBias), Copy(_network.OutputWeight),
            Copy(_network.OutputBias), Copy(_network.AttentionWeight));
    }

    private void Add(StepOutcome outcome)
    {
        Sums[0] += outcome.CrossEntropy;
        Sums[1] += outcome.Right;
        Sums[2] += outcome.ColumnRates.Average();
        for (int c = 0; c < outcome.ColumnRates.Length; c++) Sums[Means + c] += outcome.ColumnRates[c];
    }
}
