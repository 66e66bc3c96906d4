using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Descent;
using Microsoft.ML.Spiking.Engines;
using Microsoft.ML.Spiking.Kernels;
using Microsoft.ML.Spiking.State;

namespace Microsoft.ML.Spiking.Managed;

/// <summary>The currents of a batch on their way into a layer's neurons, normalised over rows and time steps, and the way back.</summary>
/// <remarks>A panel is one thread's, with all rows of the batch, so its lanes' sums are made in the order of the rows.</remarks>
internal sealed class NormalisedCurrents
{
    private readonly ColumnSimulation _columns;
    private readonly Lanes _lanes;
    private readonly int _steps;
    private readonly double _momentum;
    private readonly PanelWeights _scale, _shift, _ofScale, _ofShift, _mean, _variance, _inverse, _runningMean, _runningVariance;
    private readonly int[] _batches;
    private AlignedFloats _normalised = new(0);
    private int[] _starts = [0];   // of each sample's rows, and behind the last
    private bool _constant;

    /// <param name="rule">How.</param>
    /// <param name="columns">The layer.</param>
    /// <param name="steps">Time steps.</param>
    public NormalisedCurrents(CurrentNormalisation rule, ColumnSimulation columns, int steps)
    {
        (_columns, _lanes, _steps, _momentum) = (columns, columns.Lanes, steps, rule.Momentum);
        var start = new float[_lanes.Columns * _lanes.Neurons];
        Array.Fill(start, (float)rule.Scale);
        _scale = new PanelWeights(_lanes, start, 1);
        (_shift, _ofScale, _ofShift, _mean, _variance) = (Zeros(), Zeros(), Zeros(), Zeros(), Zeros());
        (_inverse, _runningMean, _runningVariance) = (Zeros(), Zeros(), Zeros());
        _batches = [0];
        PanelWeights Zeros() => new(_lanes, 1);
    }

    /// <summary>The same scale, shift, gradients and running means, with room for another block of the batch.</summary>
    /// <param name="of">Whose.</param>
    private NormalisedCurrents(NormalisedCurrents of)
    {
        (_columns, _lanes, _steps, _momentum) = (of._columns, of._lanes, of._steps, of._momentum);
        (_scale, _shift, _ofScale, _ofShift) = (of._scale, of._shift, of._ofScale, of._ofShift);
        (_runningMean, _runningVariance, _batches) = (of._runningMean, of._runningVariance, of._batches);
        (_mean, _variance, _inverse) = (new(_lanes, 1), new(_lanes, 1), new(_lanes, 1));
    }

    /// <summary>All that lasts from batch to batch, for a checkpoint.</summary>
    public IEnumerable<StateArray> State =>
    [
        Held("normalisation.scale", _scale), Held("normalisation.shift", _shift), Held("normalisation.mean", _runningMean),
        Held("normalisation.variance", _runningVariance) with { Range = StateRange.NotNegative },
        StateArray.Of("normalisation.batches", _batches),
    ];

    /// <summary>What was measured of the batch: the means and variances of the currents, as a running mean takes them in.</summary>
    public float[][] Measured => [_mean.Values.Span.ToArray(), _variance.Values.Span.ToArray()];

    private WeightOrder Order => WeightOrder.Panels(_lanes, 1);

    /// <summary>Makes room for a batch.</summary>
    /// <param name="stimuli">What each sample is shown.</param>
    /// <param name="batch">Number of samples.</param>
    public void Expect(IReadOnlyList<Stimulus> stimuli, int batch)
    {
        // Where no current changes over time, the steps are as many copies of one, and its mean and variance are theirs.
        _constant = Enumerable.Range(0, batch).All(sample => stimuli[sample].IsConstant);
        _starts = new int[batch + 1];
        // What comes after a row's end is not measured.
        for (int sample = 0; sample < batch; sample++) _starts[sample + 1] = _starts[sample] + (_constant ? 1 : stimuli[sample].Length);
        int needed = checked(_lanes.Panels * _starts[batch] * Lanes.Panel);
        if (_normalised.Length < needed) _normalised = new AlignedFloats(needed);
    }

    /// <summary>Whether no current of the batch changes over time.</summary>
    public bool AreConstant => _constant;

    /// <summary>Shows a panel's neurons the batch.</summary>
    /// <param name="panel">Which 64 lanes.</param>
    /// <param name="stimuli">What each sample is shown.</param>
    /// <param name="activities">Receive the neurons' spikes.</param>
    /// <param name="gradient">Receives what the gradient goes back over.</param>
    public void Show(int panel, IReadOnlyList<Stimulus> stimuli, IReadOnlyList<ColumnActivity> activities, ColumnGradient gradient)
    {
        Measure(panel, stimuli);
        var currents = new AlignedFloats(_constant ? Lanes.Panel : _steps * Lanes.Panel);
        for (int sample = 0; sample < Batch; sample++)
        {
            Currents(panel, sample, currents.Span);
            _columns.Kernels.Run(currents.Span, _constant ? 0 : Lanes.Panel, panel, activities[sample].Panel(panel), gradient.Kept(panel, sample));
            activities[sample].End(panel);
        }
    }

    /// <summary>Measures what a panel's neurons receive of the batch.</summary>
    /// <param name="panel">Which 64 lanes.</param>
    /// <param name="stimuli">What each sample is shown.</param>
    public void Measure(int panel, IReadOnlyList<Stimulus> stimuli)
    {
        Span<float> rows = Rows(panel);
        var currents = new AlignedFloats(_constant ? Lanes.Panel : _steps * Lanes.Panel);
        for (int sample = 0; sample < Batch; sample++)
        {
            Span<float> own = Of(sample, rows);
            _columns.Currents(stimuli[sample], panel, currents.Span);
            currents.Span[..own.Length].CopyTo(own);
        }
        Span<float> mean = _mean[panel], variance = _variance[panel], inverse = _inverse[panel];
        NormalisationKernel.Measure(rows, mean, variance);
        for (int lane = 0; lane < Lanes.Panel; lane++) inverse[lane] = 1 / MathF.Sqrt(variance[lane] + NormalisationKernel.Epsilon);
        NormalisationKernel.Normalise(rows, mean, inverse);
    }

    /// <summary>Takes means and variances into the running ones: the first batches count alike, those after them as the momentum says.</summary>
    /// <param name="measured">As <see cref="Measured"/> gives them.</param>
    public void Remember(ReadOnlySpan<float[]> measured)
    {
        float share = (float)Math.Max(_momentum, 1.0 / ++_batches[0]);
        Remember(measured[0], _runningMean.Values.Span);
        Remember(measured[1], _runningVariance.Values.Span);

        void Remember(float[] fresh, Span<float> running)
        {
            for (int lane = 0; lane < fresh.Length; lane++) running[lane] += share * (fresh[lane] - running[lane]);
        }
    }

    /// <summary>The same normalisation, with room for another block of the batch.</summary>
    public NormalisedCurrents Twin() => new(this);

    /// <summary>The currents of a panel's neurons on a sample, after <see cref="Measure"/>.</summary>
    /// <param name="panel">Which 64 lanes.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="currents">Receives them, [step, lane]; where they are constant, [lane] is enough.</param>
    public void Currents(int panel, int sample, Span<float> currents)
    {
        Span<float> own = Of(sample, Rows(panel));
        NormalisationKernel.Scale(own, _scale[panel], _shift[panel], currents[..own.Length]);
        currents[own.Length..].Clear();
    }

    /// <summary>Goes back through a panel, and leaves the gradients of scale and shift.</summary>
    /// <param name="panel">Which 64 lanes.</param>
    /// <param name="gradient">∂loss/∂current of the neurons, [sample, step, lane]; receives that of the currents as the weights make them.</param>
    public void Backward(int panel, Span<float> gradient)
    {
        Span<float> factor = stackalloc float[Lanes.Panel], scale = _scale[panel], inverse = _inverse[panel];
        for (int lane = 0; lane < Lanes.Panel; lane++) factor[lane] = scale[lane] * inverse[lane];
        int size = _steps * Lanes.Panel, each = _constant ? _steps : 1, all = _starts[Batch] * each * Lanes.Panel;
        // Without what comes after the rows' ends, whose gradient is 0.
        for (int sample = 0; sample < Batch; sample++) gradient.Slice(sample * size, Length(sample)).CopyTo(gradient[Start(sample)..]);
        NormalisationKernel.Backward(Rows(panel), each, factor, gradient[..all], _ofScale[panel], _ofShift[panel]);
        for (int sample = Batch; sample-- > 0;)
        {
            gradient.Slice(Start(sample), Length(sample)).CopyTo(gradient[(sample * size)..]);
            gradient[(sample * size + Length(sample))..((sample + 1) * size)].Clear();
        }

        int Start(int sample) => _starts[sample] * each * Lanes.Panel;
        int Length(int sample) => Start(sample + 1) - Start(sample);
    }

    public void Train(GradientDescent descent)
    {
        int[] shape = [_lanes.Columns, _lanes.Neurons, 1];
        descent.Add(descent.Rule.ColumnWeightFactor, new TrainedArray(shape, _scale.Values, _ofScale.Values) { Order = Order });
        descent.Add(descent.Rule.ColumnWeightFactor, new TrainedArray(shape, _shift.Values, _ofShift.Values) { Order = Order });
    }

    /// <summary>What it comes to for a trained network.</summary>
    /// <param name="weights">The layer's weights, [column, neuron, input].</param>
    public NeuronInput Fold(float[] weights) => NeuronInput.Folded(weights, _scale.ToColumnWeights(), _shift.ToColumnWeights(),
        _runningMean.ToColumnWeights(), _runningVariance.ToColumnWeights());

    private int Batch => _starts.Length - 1;

    private Span<float> Rows(int panel) => _normalised.Span.Slice(panel * _starts[^1] * Lanes.Panel, _starts[^1] * Lanes.Panel);

    private Span<float> Of(int sample, Span<float> rows) => rows[(_starts[sample] * Lanes.Panel)..(_starts[sample + 1] * Lanes.Panel)];

    private StateArray Held(string name, PanelWeights values) => StateArray.Of(name, values.Values, [_lanes.Columns, _lanes.Neurons, 1]).In(Order);
}
