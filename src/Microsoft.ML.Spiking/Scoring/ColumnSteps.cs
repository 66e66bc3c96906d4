using System.Numerics;
using System.Numerics.Tensors;
using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking.Scoring;

/// <summary>A layer of columns in a session.</summary>
internal sealed class ColumnSteps : LayerSteps
{
    private readonly ColumnScoring _layer;
    private readonly ColumnSimulation _columns;
    private readonly ColumnActivity _activity;   // of the last step
    private readonly ColumnActivity _all;   // of windows, which move while the sequence grows, every step is kept; else only how many there were
    private readonly DelayLine? _delays;
    private readonly SpikeTrain[] _shown;
    private readonly SpikeTrain _received = new(steps: 1);
    private readonly AlignedFloats _current = new(Lanes.Panel), _states;
    private readonly RecurrentCurrents? _heardByNeurons;
    private readonly float[] _heard, _counted, _sums;
    private readonly float[] _fading;   // the sums of a readout that forgets

    /// <param name="layer">The layer.</param>
    /// <param name="inputs">Its inputs, each counted once whatever its delays.</param>
    /// <param name="steps">Time steps of a sequence.</param>
    public ColumnSteps(ColumnScoring layer, int inputs, int steps) : base(layer)
    {
        (_layer, _columns) = (layer, layer.Columns);
        Lanes lanes = _columns.Lanes;
        _activity = new ColumnActivity(lanes, steps: 1);
        var fading = Fading.Of(layer.TimeConstant, steps);
        _all = new ColumnActivity(lanes, layer.Windows == 1 ? 0 : steps, layer.Windows, fading);
        _fading = new float[fading is null ? 0 : layer.Shape.Neurons];
        _states = new AlignedFloats(lanes.Panels * Lanes.Panel * _columns.Kernels.StateSize);
        (_heard, _counted, _sums) = (new float[lanes.Columns], new float[layer.Shape.Neurons], new float[layer.Shape.Neurons]);
        _heardByNeurons = layer.Recurrence is null ? null : new RecurrentCurrents(layer.Recurrence, lanes);
        _delays = _columns.Delays(steps);
        _shown = [.. Enumerable.Range(0, _delays?.Memory ?? 1).Select(_ => new SpikeTrain(steps: 1))];
        foreach (SpikeTrain train in _shown) train.Reserve(inputs);
        if (_delays is not null) _received.Reserve(_columns.Weights.Inputs);
    }

    public override SpikeTrain Input(int step) => _shown[step % _shown.Length];

    public override void Reset()
    {
        _states.Span.Clear();
        _heardByNeurons?.Clear();
        Array.Clear(_heard);
        Array.Clear(SpikeCount);
    }

    public override void Take(int step)
    {
        SpikeTrain train = Input(step);
        if (_delays is not null)
        {
            _delays.Delay(step, _shown, _received);
            train = _received;
        }
        int size = Lanes.Panel * _columns.Kernels.StateSize;
        for (int panel = 0; panel < _columns.Lanes.Panels; panel++)
        {
            CurrentKernel.OfSpikes(train, _columns.Seen[panel], _columns.Weights[panel], _current.Span);
            _columns.AddBiases(panel, _current.Span);
            if (_heardByNeurons is not null) TensorPrimitives.Add(_current.Span, _heardByNeurons.Of(panel), _current.Span);
            _activity.Panel(panel)[0] = _columns.Kernels.Step(_current.Span, _heard, panel, _states.Span.Slice(panel * size, size), kept: default);
        }
        _heardByNeurons?.Take(_activity, 0);
        // A spike's sign changes no bit of a sum, so that steps which are signed one by one add up to what is signed in the end.
        _columns.Accumulate(_activity, _layer.InterWeights, _counted);
        Add(step, _sums, decay: 1);
        if (_all.Fading is { } fading) Add(step, _fading, fading.Decay);
        Count();
        Keep(step);
        if (_columns.Coupling == 0) return;
        _layer.InterWeights.Run(_activity.Rates, _heard, rows: 1);
        TensorPrimitives.Multiply(_heard, _columns.Coupling, _heard);
    }

    public override void Pass(SpikeTrain next)
    {
        next.Clear();
        _activity.CopyTo(next);
    }

    protected override int Length => _all.Length;

    protected override void Rate(Span<float> spikeRates, Span<float> columnRates)
    {
        bool forgets = _all.Fading is not null;
        if (_layer.Windows == 1) (forgets ? _fading : _sums).CopyTo(spikeRates);
        else AccumulateKernel.Forward(_columns.Lanes, _all, spikeRates);
        _layer.Average(spikeRates, _all, columnRates, forgets ? _sums : default);
    }

    /// <summary>Adds what the neurons fired in the last step to sums over the steps, of which a step leaves no more than the decay.</summary>
    private void Add(int step, float[] sums, float decay)
    {
        if (step == 0)
        {
            _counted.CopyTo(sums, 0);
            return;
        }
        if (decay != 1) Elementwise.Multiply(sums, decay, sums);
        TensorPrimitives.Add(sums, _counted, sums);
    }

    private void Keep(int step)
    {
        _all.Length = step + 1;
        if (_layer.Windows == 1) return;
        for (int panel = 0; panel < _columns.Lanes.Panels; panel++) _all.Panel(panel)[step] = _activity.Panel(panel)[0];
        _activity.Gains.CopyTo(_all.Gains, step * _columns.Lanes.Columns);
    }

    private void Count()
    {
        Array.Clear(SpikeCount);
        foreach (PanelShare share in _columns.Lanes.Shares)
            SpikeCount[share.Column] += BitOperations.PopCount(_activity.Panel(share.Panel)[0] & (share.Excitatory | share.Inhibitory));
    }
}
