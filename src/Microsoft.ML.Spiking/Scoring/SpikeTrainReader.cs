using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Scoring;

/// <summary>Reads spike trains.</summary>
internal sealed class SpikeTrainReader(DataViewRow row, DataViewSchema.Column column, InputShape shape, FeatureOrder? order = null)
    : SampleReader(row, column, shape)
{
    private readonly ValueGetter<VBuffer<bool>> _get = row.GetGetter<VBuffer<bool>>(column);
    private readonly int _inputs = shape.Inputs;
    private VBuffer<bool> _value;

    /// <summary>The spikes as events; of an absent row, none.</summary>
    public SpikeTrain Train { get; } = new(shape.Steps!.Value);

    public override bool Read()
    {
        _get(ref _value);
        bool there = Holds(_value.Length);
        if (there) order?.Sort(ref _value);
        Fill(Train);
        return there;
    }

    /// <summary>Copies the spikes that were read last.</summary>
    public void Fill(SpikeTrain train)
    {
        train.Clear();
        int step = 0;
        foreach (var (position, spike) in _value.Items())
        {
            if (!spike) continue;
            for (; step < position / _inputs; step++) train.NextStep();
            train.Add(position % _inputs);
        }
        for (; step < train.Steps; step++) train.NextStep();
    }

    public override float[] Copy() => [.. _value.DenseValues().Select(spike => spike ? 1f : 0f)];

    public override ulong Hash()
    {
        ulong hash = 0;
        foreach (var (position, spike) in _value.Items())
            if (spike) hash = RowHash.With(hash, (ulong)position);
        return hash;
    }
}
