using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking;

/// <summary>Reads spike trains.</summary>
internal sealed class SpikeTrainReader(DataViewRow row, DataViewSchema.Column column, InputShape shape, FeatureOrder? order = null) : SampleReader
{
    private readonly ValueGetter<VBuffer<bool>> _get = row.GetGetter<VBuffer<bool>>(column);
    private VBuffer<bool> _value;

    /// <summary>The spikes as events.</summary>
    public SpikeTrain Train { get; } = new(shape.Steps!.Value);

    public override bool Read()
    {
        _get(ref _value);
        order?.Sort(ref _value);
        Fill(Train);
        return true;
    }

    /// <summary>Copies the spikes that were read last.</summary>
    public void Fill(SpikeTrain train)
    {
        train.Clear();
        int step = 0;
        foreach (var (position, spike) in _value.Items())
        {
            if (!spike) continue;
            for (; step < position / shape.Inputs; step++) train.NextStep();
            train.Add(position % shape.Inputs);
        }
        for (; step < train.Steps; step++) train.NextStep();
    }

    public override float[] Copy() => [.. _value.DenseValues().Select(spike => spike ? 1f : 0f)];
}
