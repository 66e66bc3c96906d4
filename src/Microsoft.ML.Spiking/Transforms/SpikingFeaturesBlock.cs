using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Spiking.Scoring;

namespace Microsoft.ML.Spiking.Transforms;

/// <summary>Rows and the spike rates of the neurons that were shown them.</summary>
internal sealed class SpikingFeaturesBlock(SpikingFeaturesTransformer transformer, SampleReader reader, int capacity) : RowBlock
{
    private readonly NeuronRates _neurons = transformer.Rates;
    private readonly ReadAheadSamples _samples = new(reader, capacity);
    private readonly float[] _rates = new float[capacity * transformer.Rates.Count];

    public override void Read(int slot) => _samples.Read(slot);

    public override void Compute(int rows) => NeuronRates.InBlocks(rows, block =>
    {
        (int first, int count) = block.GetOffsetAndLength(rows);
        _neurons.Read(_samples.Batch, block, _rates.AsSpan(first * _neurons.Count, count * _neurons.Count), new float[count * _neurons.Columns]);
        for (int row = first; row < first + count; row++)
        {
            Span<float> rates = _rates.AsSpan(row * _neurons.Count, _neurons.Count);
            if (_samples.IsMissing(row)) rates.Fill(float.NaN);
            else _neurons.Scale(rates);
        }
    });

    public override Delegate Getter(int added, Func<int> slot) => Vector(_rates, _neurons.Count, slot);
}
