using System.Numerics.Tensors;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Codes;

/// <summary>Measures features, row by row: sums and bounds of all rows, and a sample of them to tell outliers by.</summary>
internal sealed class FeatureMeter
{
    // Enough rows for quantiles of 1 %; fewer of very wide ones, so that the sample stays small beside the data.
    private const int SampledRows = 1000, FewestSampledRows = 100, SampledValues = 8_000_000, PooledValues = 100_000;

    private readonly int _inputs, _perRow;
    private readonly bool _isSequence;
    private readonly double[] _sum, _squares, _changes;
    private readonly float[] _low, _high;
    private readonly float[][] _sample;
    private long _rows, _lines, _followed;

    /// <param name="shape">What a row holds.</param>
    public FeatureMeter(InputShape shape)
    {
        _inputs = shape.ScalesPerRow;
        (_perRow, _isSequence) = (shape.Features / _inputs, shape.Steps is not null);
        (_sum, _squares, _changes) = (new double[_inputs], new double[_inputs], new double[_inputs]);
        (_low, _high) = (new float[_inputs], new float[_inputs]);
        _low.AsSpan().Fill(float.PositiveInfinity);
        _high.AsSpan().Fill(float.NegativeInfinity);
        _sample = new float[Math.Clamp(SampledValues / shape.Features, FewestSampledRows, SampledRows)][];
    }

    /// <summary>Of the rows so far, of which there must be one.</summary>
    public FeatureStatistics Statistics()
    {
        float[][] rows = _sample[..(int)Math.Min(_rows, _sample.Length)];
        var inputs = new FeatureRange[_inputs];
        Parallel.For(0, _inputs,
            i => inputs[i] = new FeatureSums(_lines, _sum[i], _squares[i], _low[i], _high[i], Change(_changes[i], 1)).Range(Sample(rows, i)));
        var all = new FeatureSums(
            _lines * _inputs, _sum.Sum(), _squares.Sum(), TensorPrimitives.Min<float>(_low), TensorPrimitives.Max<float>(_high),
            Change(_changes.Sum(), _inputs));
        return new FeatureStatistics(all.Range(Pooled(rows)), [.. inputs]) { Whole = (all.Mean, all.Deviation), IsFlat = _perRow == 1 };
    }

    /// <param name="features">[feature], all of them finite; of a sequence that ends before its column, those that it has.</param>
    public void Add(ReadOnlySpan<float> features)
    {
        Sample(features);
        _rows++;
        _lines += features.Length / _inputs;
        for (int at = 0; at < features.Length; at += _inputs) AddStep(features.Slice(at, _inputs));
        if (!_isSequence) return;
        _followed += features.Length / _inputs - 1;
        for (int at = _inputs; at < features.Length; at++)
        {
            double change = features[at] - features[at - _inputs];
            _changes[at % _inputs] += change * change;
        }
    }

    private void AddStep(ReadOnlySpan<float> inputs)
    {
        TensorPrimitives.Min(inputs, _low, _low);
        TensorPrimitives.Max(inputs, _high, _high);
        Span<double> sum = _sum.AsSpan(0, inputs.Length), squares = _squares.AsSpan(0, inputs.Length);   // of one length, so that no index is checked
        for (int i = 0; i < inputs.Length; i++)
        {
            double x = inputs[i];
            sum[i] += x;
            squares[i] += x * x;
        }
    }

    /// <summary>Each row is as likely to be in the sample as any other, and always the same are (Vitter 1985, algorithm R).</summary>
    private void Sample(ReadOnlySpan<float> features)
    {
        long place = _rows < _sample.Length ? _rows : (long)(CounterRandom.FromSeed(0).Uniform((ulong)_rows) * (_rows + 1));
        if (place >= _sample.Length) return;
        if (_sample[place]?.Length == features.Length) features.CopyTo(_sample[place]);
        else _sample[place] = features.ToArray();
    }

    private float[] Sample(float[][] rows, int input)
    {
        var values = new float[rows.Sum(row => row.Length) / _inputs];
        int count = 0;
        foreach (float[] row in rows)
            for (int at = input; at < row.Length; at += _inputs) values[count++] = row[at];
        return values;
    }

    /// <summary>As many whole rows of the sample as are enough for all inputs together.</summary>
    private static float[] Pooled(float[][] rows) => [.. rows.Take(Math.Max(1, PooledValues / rows[0].Length)).SelectMany(row => row)];

    /// <summary>Root mean square of so many inputs' changes.</summary>
    private double Change(double squares, int inputs) => _isSequence && _perRow > 1 ? Math.Sqrt(squares / (Math.Max(1, _followed) * inputs)) : 0;
}
