using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking.Scoring;

/// <summary>One thread's run of a layer on a row: what it did, and what it passes on.</summary>
internal sealed class LayerRun
{
    private readonly CoupledSimulation? _coupled;
    private readonly AlignedFloats? _kept;
    private readonly Stimulus _spikes;
    private readonly DelayLine? _delays;
    private readonly Stimulus? _received;

    public LayerRun(ScoringLayer layer, int steps, bool keep)
    {
        (Layer, Activity, _spikes) = (layer, new ColumnActivity(layer.Columns.Lanes, steps), new Stimulus(steps));
        _delays = layer.Columns.Delays(steps);
        _received = _delays is null ? null : new Stimulus(steps);
        _coupled = layer.Columns.Coupling == 0 ? null : new CoupledSimulation(layer.Columns, steps);
        _kept = keep ? new AlignedFloats(layer.Columns.Lanes.Panels * steps * Lanes.Panel * layer.Columns.Kernels.Kept) : null;
        Unread = layer.IsRead ? [] : new float[layer.Neurons];
    }

    public ScoringLayer Layer { get; }

    public ColumnActivity Activity { get; }

    /// <summary>What a gradient would go back over, [panel, step, kept, lane], the membrane before the reset first; empty where it is not kept.</summary>
    public ReadOnlySpan<float> Kept => _kept is null ? default : _kept.Span;

    /// <summary>Room for the spike rates of a layer that the readout does not read.</summary>
    public float[] Unread { get; }

    /// <summary>Shows the layer a row.</summary>
    public void Show(Stimulus stimulus)
    {
        ColumnSimulation columns = Layer.Columns;
        Span<float> kept = _kept is null ? default : _kept.Span;
        if (_delays is not null)
        {
            _delays.Delay(stimulus, _received!);
            stimulus = _received!;
        }
        if (_coupled is not null) _coupled.Show(stimulus, Layer.InterWeights, Activity, kept);
        else columns.Show(stimulus, Activity, kept);
    }

    /// <summary>The spikes of its neurons, for the next layer.</summary>
    public Stimulus Spikes()
    {
        Activity.CopyTo(_spikes.Fire());
        return _spikes;
    }

    /// <summary>The spike rates of the neurons, [column, neuron], and the mean size of each column's.</summary>
    public void Read(Span<float> spikeRates, Span<float> columnRates)
    {
        Layer.Columns.Accumulate(Activity, Layer.InterWeights, spikeRates);
        int neurons = Layer.Columns.Lanes.Neurons;
        for (int column = 0; column < columnRates.Length; column++)
        {
            float sum = 0;
            foreach (ref float rate in spikeRates.Slice(column * neurons, neurons))
            {
                rate /= Activity.Steps;
                sum += MathF.Abs(rate);
            }
            columnRates[column] = sum / neurons;
        }
    }
}
