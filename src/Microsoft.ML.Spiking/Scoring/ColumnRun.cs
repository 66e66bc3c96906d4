using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking.Scoring;

/// <summary>One thread's run of a layer of columns on a row.</summary>
internal sealed class ColumnRun : LayerRun
{
    private readonly ColumnScoring _layer;
    private readonly CoupledSimulation? _coupled;
    private readonly AlignedFloats? _kept;
    private readonly ColumnActivity _activity;
    private readonly float[] _counted;
    private readonly Stimulus _spikes;
    private readonly DelayLine? _delays;
    private readonly Stimulus? _received;

    public ColumnRun(ColumnScoring layer, int steps, bool keep) : base(layer)
    {
        (_layer, _spikes) = (layer, new Stimulus(steps));
        _activity = new ColumnActivity(layer.Columns.Lanes, steps, layer.Windows, Fading.Of(layer.TimeConstant, steps))
        {
            ReadsOn = layer.Reading is not null,
        };
        _counted = new float[layer.TimeConstant is null ? 0 : layer.Shape.Neurons];
        _delays = layer.Columns.Delays(steps);
        _received = _delays is null ? null : new Stimulus(steps);
        _coupled = layer.Columns.Layer.StepsTogether ? new CoupledSimulation(layer.Columns, steps, layer.Recurrence) : null;
        // What a gradient would go back over, [panel, step, kept, lane], the membrane before the reset first.
        _kept = keep ? new AlignedFloats(Lanes.Panels * steps * Lanes.Panel * layer.Columns.Kernels.Kept) : null;
    }

    public override int NeuronsPerGroup => Lanes.Neurons;

    public override int ExcitatoryNeurons => _layer.Columns.Layer.ExcitatoryNeurons;

    protected override int Length => _activity.Length;

    public override bool ThresholdsMove => Kernels.KeptThreshold is not null;

    private Lanes Lanes => _layer.Columns.Lanes;

    private NeuronKernels Kernels => _layer.Columns.Kernels;

    public override void Show(Stimulus stimulus)
    {
        Span<float> kept = _kept is null ? default : _kept.Span;
        _activity.Length = stimulus.Length;
        if (_delays is not null)
        {
            _delays.Delay(stimulus, _received!);
            stimulus = _received!;
        }
        if (_coupled is not null) _coupled.Show(stimulus, _layer.InterWeights, _activity, kept);
        else _layer.Columns.Show(stimulus, _activity, kept);
    }

    public override Stimulus Spikes()
    {
        _activity.CopyTo(_spikes);
        return _spikes;
    }

    protected override void Rate(Span<float> spikeRates, Span<float> groupRates)
    {
        _layer.Columns.Accumulate(_activity, _layer.InterWeights, spikeRates, _counted);
        _layer.Average(spikeRates, _activity, groupRates, _counted);
    }

    public override void CountExtremes(Span<int> active, Span<int> constant) => _activity.CountExtremes(active, constant);

    public override void CountSpikes(Span<int> spikes, Span<int> active) => _activity.CountSpikes(spikes, active);

    public override void CountLast(Span<int> spikes) => _activity.CountLast(spikes);

    public override Neuron Neuron(int neuron) => neuron < ExcitatoryNeurons ? _layer.Columns.Layer.Excitatory : _layer.Columns.Layer.Inhibitory;

    public override bool Fired(int step, int group, int neuron)
    {
        int lane = Lane(group, neuron);
        return (_activity.Panel(lane / Lanes.Panel)[step] >> lane % Lanes.Panel & 1) != 0;
    }

    public override float Membrane(int step, int group, int neuron) => Kept(step, group, neuron, number: 0);

    public override float Threshold(int step, int group, int neuron)
        => Kernels.KeptThreshold is { } number ? Kept(step, group, neuron, number) : Neuron(neuron).Threshold;

    private int Lane(int group, int neuron) => Lanes.Of(group * Lanes.Neurons + neuron);

    private float Kept(int step, int group, int neuron, int number)
    {
        int lane = Lane(group, neuron);
        return _kept!.Span[((lane / Lanes.Panel * _activity.Steps + step) * Kernels.Kept + number) * Lanes.Panel + lane % Lanes.Panel];
    }
}
