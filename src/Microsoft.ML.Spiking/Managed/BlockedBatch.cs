using System.Runtime.InteropServices;
using Microsoft.ML.Spiking.Descent;
using Microsoft.ML.Spiking.Engines;
using Microsoft.ML.Spiking.Kernels;
using Microsoft.ML.Spiking.Samples;

namespace Microsoft.ML.Spiking.Managed;

/// <summary>
/// Learns from batches in blocks, of which this process takes its share: what the blocks show of the layers and what they find of the gradient is put
/// together in their order, so that however many processes share them, each does the same step.
/// </summary>
internal sealed class BlockedBatch
{
    private const int Found = 3;   // of each block: cross entropy, what was right, and what all rows weigh

    private readonly ManagedLearner _learner;
    private readonly GradientDescent _descent;
    private readonly TrainingCommunicator? _others;
    private readonly ColumnEngine[] _engines;   // of this process' blocks
    private readonly BatchPass[] _passes;   // likewise
    private readonly int _blocks, _first;   // of all, and the first of this process
    private readonly GradientTree _tree;
    private readonly StatisticsForm _form;
    private readonly GradientReduction? _reduction;   // null where no other process has a gradient

    /// <param name="setup">The training.</param>
    /// <param name="network">The network.</param>
    /// <param name="engine">What runs its layers.</param>
    /// <param name="learner">What adapts them.</param>
    /// <param name="descent">What trains by the gradient.</param>
    public BlockedBatch(TrainingSetup setup, NetworkArrays network, ColumnEngine engine, ManagedLearner learner, GradientDescent descent)
    {
        (_learner, _descent, _others) = (learner, descent, setup.Communicator);
        _blocks = setup.Recipe.GradientBlocks!.Value;
        int own = _blocks / (_others?.Size ?? 1);
        _first = own * (_others?.Rank ?? 0);
        _engines = [.. Enumerable.Range(0, own).Select(i => i == 0 ? engine : engine.Twin())];
        _passes = [.. _engines.Select(runs => new BatchPass(network, setup.Recipe, runs))];
        _tree = new GradientTree(GradientReduction.Padded(descent.GradientLength, _others?.Size ?? 1));
        if (_others is { Size: > 1 }) _reduction = new GradientReduction(_others, setup.GradientSum);
        _form = new StatisticsForm(network, engine, setup.Steps, setup.Recipe.BatchSize!.Value / _blocks);
    }

    /// <summary>What the rows of the batch weigh together that was learnt from last, those of other processes too.</summary>
    public double Weight { get; private set; }

    /// <summary>Changes the rows that batches are of.</summary>
    public void Show(TrainingSamples samples)
    {
        foreach (ColumnEngine engine in _engines) engine.Samples = samples;
    }

    /// <summary>Learns from a batch; leaves the gradient of all of it for the optimiser.</summary>
    public StepOutcome Learn(TrainingBatch batch)
    {
        TrainingBatch[] blocks = batch.Blocks(_blocks);
        BatchStatistics whole = BatchStatistics.Of(Together([.. _passes.Select((pass, i) =>
        {
            TrainingBatch block = blocks[_first + i];
            return pass.Run(block.Rows, block.Noise);
        })]));
        _learner.Adapt(whole);

        var found = new double[_blocks * Found];
        var outcome = new StepOutcome([], [], 0, [], 0);
        for (int i = 0; i < _passes.Length; i++)
        {
            TrainingBatch block = blocks[_first + i];
            outcome = _passes[i].Learn(whole, block.Labels, block.Weights, _learner.Step, block.First - batch.First);
            new[] { outcome.CrossEntropy, outcome.Right, block.TotalWeight }.CopyTo(found.AsSpan(i * Found));
            AlignedFloats gradient = _tree.Room();
            _descent.TakeGradient(gradient);
            _tree.Add(gradient);
        }
        AlignedFloats sum = _tree.Take();
        _reduction?.Sum(sum);
        _descent.PutGradient(sum);
        _tree.GiveBack(sum);
        Gather(found);
        double Sum(int which) => Enumerable.Range(0, _blocks).Aggregate(0.0, (sum, block) => sum + found[block * Found + which]);
        Weight = Sum(2);
        return outcome with { CrossEntropy = Sum(0), Right = Sum(1) };
    }

    /// <summary>The statistics of all blocks, in their order.</summary>
    private IEnumerable<BatchStatistics> Together(BatchStatistics[] own)
    {
        if (_others is null) return own;
        var numbers = new float[_form.Size * own.Length];
        for (int i = 0; i < own.Length; i++) _form.Write(own[i], numbers.AsSpan(i * _form.Size, _form.Size));
        var all = new float[_form.Size * _blocks];
        _others.Gather(MemoryMarshal.AsBytes(numbers.AsSpan()), MemoryMarshal.AsBytes(all.AsSpan()));
        return Enumerable.Range(0, _blocks).Select(block => _form.Read(all.AsSpan(block * _form.Size, _form.Size)));
    }

    /// <summary>Puts what each process has found at the array's beginning in the order of the blocks.</summary>
    private void Gather(double[] found)
    {
        if (_others is null) return;
        double[] own = found[..(_passes.Length * Found)];
        _others.Gather(MemoryMarshal.AsBytes(own.AsSpan()), MemoryMarshal.AsBytes(found.AsSpan()));
    }
}
