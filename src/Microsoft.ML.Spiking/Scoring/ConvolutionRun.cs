using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking.Scoring;

/// <summary>One thread's run of a convolution layer on a row.</summary>
internal sealed class ConvolutionRun : LayerRun
{
    private const int Word = 64;

    private readonly ConvolutionSimulation _simulation;
    private readonly int _steps, _words;
    private readonly AlignedFloats _currents;
    private readonly AlignedFloats? _kept;
    private readonly ulong[] _fired;   // [panel, step]
    private readonly ulong[] _passed;   // [step, word of neurons that are passed on]
    private readonly int[] _counts;   // steps in which each of those fired
    private readonly Stimulus _spikes;
    private readonly Fading? _fading;
    private readonly DelayLine? _delays;
    private readonly Stimulus? _received;
    private int _length;   // steps of the row

    public ConvolutionRun(ConvolutionScoring layer, int steps, bool keep) : base(layer)
    {
        (_simulation, _steps, _words) = (layer.Simulation, steps, (Shape.Neurons + Word - 1) / Word);
        int lanes = _simulation.Panels * Lanes.Panel;
        _currents = new AlignedFloats(lanes * steps);
        _kept = keep ? new AlignedFloats(lanes * steps * _simulation.Kernels.Kept) : null;
        (_fired, _passed, _counts) = (new ulong[_simulation.Panels * steps], new ulong[_words * steps], new int[Shape.Neurons]);
        _spikes = new Stimulus(steps);
        _fading = Fading.Of(layer.TimeConstant, steps);
        _delays = DelayLine.Of(_simulation.Layer, _simulation.Inputs * _simulation.Layer.Delays.Length, steps);
        _received = _delays is null ? null : new Stimulus(steps);
    }

    public override int NeuronsPerGroup => _simulation.Places;

    public override int ExcitatoryNeurons => _simulation.Places;

    protected override int Length => _length;

    public override bool ThresholdsMove => _simulation.Kernels.KeptThreshold is not null;

    public override void Show(Stimulus stimulus)
    {
        _length = stimulus.Length;
        if (_delays is not null)
        {
            _delays.Delay(stimulus, _received!);
            stimulus = _received!;
        }
        _simulation.Show(stimulus, _currents.Span, _fired, _kept is null ? default : _kept.Span);
        Pool();
    }

    public override Stimulus Spikes()
    {
        SpikeTrain train = _spikes.Fire();
        for (int step = 0; step < _steps; step++, train.NextStep())
            for (int word = 0; word < _words; word++)
                for (ulong fired = _passed[step * _words + word]; fired != 0; fired &= fired - 1)
                    train.Add(word * Word + BitOperations.TrailingZeroCount(fired));
        _spikes.Length = _length;
        return _spikes;
    }

    protected override void Rate(Span<float> spikeRates, Span<float> groupRates)
    {
        int neurons = Shape.Neurons;
        for (int window = 0; window < Layer.Windows; window++)
        {
            var (start, end) = TimeWindow.Of(_length, Layer.Windows, window);
            Span<float> rates = spikeRates.Slice(window * neurons, neurons);
            rates.Clear();
            if (_fading is null) Count(start, end, rates);
            for (int step = start; _fading is not null && step < end; step++)
            {
                Elementwise.Multiply(rates, _fading.Decay, rates);
                Count(step, step + 1, rates);
            }
            TensorPrimitives.Divide(rates, _fading?.Total(end - start) ?? Math.Max(1, end - start), rates);
        }
        for (int group = 0; group < groupRates.Length; group++)
        {
            long spikes = 0;
            foreach (int count in Counts(group)) spikes += count;
            groupRates[group] = spikes / ((float)Math.Max(1, _length) * Shape.PerGroup);
        }
    }

    public override void CountExtremes(Span<int> active, Span<int> constant)
    {
        for (int group = 0; group < Shape.Groups; group++)
        {
            foreach (int count in Counts(group))
            {
                active[group] += count > 0 ? 1 : 0;
                constant[group] += count == _length ? 1 : 0;
            }
        }
    }

    public override void CountSpikes(Span<int> spikes, Span<int> active)
    {
        spikes.Clear();
        active.Clear();
        for (int at = 0; at < _fired.Length; at++)
        {
            for (ulong fired = _fired[at]; fired != 0; fired &= fired - 1)
                spikes[_simulation.ChannelOf(at / _steps * Lanes.Panel + BitOperations.TrailingZeroCount(fired))]++;
        }
        var counts = new float[Shape.Neurons];
        for (int window = 0; window < Layer.Windows; window++)
        {
            var (start, end) = Layer.Reading is null ? TimeWindow.Of(_length, Layer.Windows, window)
                : (0, TimeWindow.Seen(_length, Layer.Windows, window));
            Array.Clear(counts);
            Count(start, end, counts);
            for (int group = 0; group < Shape.Groups; group++)
                active[group] += Shape.PerGroup - counts.AsSpan(group * Shape.PerGroup, Shape.PerGroup).Count(0f);
        }
    }

    public override int? Reached(int input) => _simulation.Reached(input);

    public override Neuron Neuron(int neuron) => _simulation.Layer.Neuron;

    public override bool Fired(int step, int group, int neuron)
    {
        int lane = _simulation.Lane(group, neuron);
        return (_fired[lane / Lanes.Panel * _steps + step] >> lane % Lanes.Panel & 1) != 0;
    }

    public override float Membrane(int step, int group, int neuron) => Kept(step, group, neuron, number: 0);

    public override float Threshold(int step, int group, int neuron)
        => _simulation.Kernels.KeptThreshold is { } number ? Kept(step, group, neuron, number) : _simulation.Layer.Neuron.Threshold;

    /// <summary>Adds the spikes of some steps that are passed on, [neuron].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Count(int start, int end, Span<float> counts)
    {
        for (int step = start; step < end; step++)
            for (int word = 0; word < _words; word++)
                for (ulong fired = _passed[step * _words + word]; fired != 0; fired &= fired - 1)
                    counts[word * Word + BitOperations.TrailingZeroCount(fired)]++;
    }

    private ReadOnlySpan<int> Counts(int group) => _counts.AsSpan(group * Shape.PerGroup, Shape.PerGroup);

    private float Kept(int step, int group, int neuron, int number)
    {
        int lane = _simulation.Lane(group, neuron);
        return _kept!.Span[((lane / Lanes.Panel * _steps + step) * _simulation.Kernels.Kept + number) * Lanes.Panel + lane % Lanes.Panel];
    }

    /// <summary>What is passed on fires where any neuron of its window does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pool()
    {
        Array.Clear(_passed);
        for (int panel = 0; panel < _simulation.Panels; panel++)
        {
            _fired.AsSpan(panel * _steps, _steps)[_length..].Clear();   // what neurons fire after a row's end counts nowhere
            for (int step = 0; step < _length; step++)
            {
                for (ulong fired = _fired[panel * _steps + step]; fired != 0; fired &= fired - 1)
                {
                    int neuron = _simulation.PassedBy(panel * Lanes.Panel + BitOperations.TrailingZeroCount(fired));
                    _passed[step * _words + neuron / Word] |= 1ul << neuron % Word;
                }
            }
        }
        Array.Clear(_counts);
        for (int step = 0; step < _steps; step++)
            for (int word = 0; word < _words; word++)
                for (ulong fired = _passed[step * _words + word]; fired != 0; fired &= fired - 1)
                    _counts[word * Word + BitOperations.TrailingZeroCount(fired)]++;
    }
}
