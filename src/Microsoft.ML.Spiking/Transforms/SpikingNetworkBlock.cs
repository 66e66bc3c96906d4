using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking;

/// <summary>Rows and their predictions.</summary>
internal sealed class SpikingNetworkBlock : RowBlock
{
    private readonly SpikingNetworkTransformer _transformer;
    private readonly ReadAheadSamples _samples;
    private readonly float[] _scores, _rates;
    private readonly int _classes, _columns;

    public SpikingNetworkBlock(SpikingNetworkTransformer transformer, SampleReader reader, int capacity)
    {
        (_transformer, _samples) = (transformer, new ReadAheadSamples(reader, capacity));
        (_classes, _columns) = (transformer.Model.Classes, transformer.Model.Options.Columns);
        (_scores, _rates) = (new float[capacity * _classes], new float[capacity * _columns]);
    }

    public override void Read(int slot) => _samples.Read(slot);

    public override void Compute(int rows)
    {
        _transformer.Scorer.Run(_samples.Batch, rows, _scores, _rates);
        _transformer.Scorer.Softmax(_scores.AsSpan(0, rows * _classes));
        for (int row = 0; row < rows; row++)
        {
            if (!_samples.IsMissing(row)) continue;
            _scores.AsSpan(row * _classes, _classes).Fill(float.NaN);
            _rates.AsSpan(row * _columns, _columns).Fill(float.NaN);
        }
    }

    public override Delegate Getter(int added, Func<int> slot) => added switch
    {
        0 => (ValueGetter<uint>)((ref uint label) => label = Label(slot())),
        1 => Vector(_scores, _classes, slot),
        _ => Vector(_rates, _columns, slot),
    };

    /// <summary>The key of the most probable class, from 1; 0, the missing key, without scores.</summary>
    private uint Label(int slot)
    {
        if (_samples.IsMissing(slot)) return 0;
        ReadOnlySpan<float> scores = _scores.AsSpan(slot * _classes, _classes);
        int best = 0;
        for (int c = 1; c < scores.Length; c++)
            if (scores[c] > scores[best]) best = c;
        return (uint)best + 1;
    }
}
