using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Scoring;

/// <summary>Reads intensities.</summary>
internal sealed class IntensityReader(DataViewRow row, DataViewSchema.Column column, InputShape shape, FeatureOrder? order = null)
    : SampleReader(row, column, shape)
{
    private readonly ValueGetter<VBuffer<float>> _get = row.GetGetter<VBuffer<float>>(column);
    private VBuffer<float> _value;

    /// <summary>[feature]; of an absent row, NaN.</summary>
    public float[] Features { get; } = new float[shape.Features];

    public override bool Read()
    {
        _get(ref _value);
        if (!Holds(_value.Length))
        {
            Array.Fill(Features, float.NaN);
            return false;
        }
        order?.Sort(ref _value);
        _value.CopyTo(Features);
        return IsComplete(Features);
    }

    public override float[] Copy() => [.. Features];

    public override ulong Hash() => RowHash.Of(Features);
}
