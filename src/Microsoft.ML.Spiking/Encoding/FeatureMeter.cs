using System.Numerics.Tensors;

namespace Microsoft.ML.Spiking;

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
    private long _rows;

    /// <param name="shape">What a row holds.</param>
    public FeatureMeter(InputShape shape)
    {
        _inputs = shape.ScalesPerRow;
        (_perRow, _isSequence) = (shape.Features / _inputs, shape.Steps is not null);
        (_sum, _squares, _changes) = (new double[_inputs], new double[_inputs], new double[_inputs]);
        (_low, _high) = (new float[shape.Features], new float[shape.Features]);
        _low.AsSpan().Fill(float.PositiveInfinity);
        _high.AsSpan().Fill(float.NegativeInfinity);
        _sample = new float[Math.Clamp(SampledValues / shape.Features, FewestSampledRows, SampledRows)][];
    }

    /// <summary>Of the rows so far, of which there must be one.</summary>
    public FeatureStatistics Statistics()
    {
        float[][] rows = _sample[..(int)Math.Min(_rows, _sample.Length)];
        var inputs = new FeatureRange[_inputs];
        Parallel.For(0, _inputs, input => inputs[input] = Range(Sample(rows, input), _sum[input], _squares[input], Bound(_low, input, Math.Min), Bound(_high, input, Math.Max), _rows * _perRow, _changes[input]));
        double sum = _sum.Sum(), squares = _squares.Sum();
        long count = _rows * _perRow * _inputs;
        FeatureRange all = Range(Pooled(rows), sum, squares, TensorPrimitives.Min<float>(_low), TensorPrimitives.Max<float>(_high), count, _changes.Sum());
        return new FeatureStatistics(all, [.. inputs]) { Whole = MeanAndDeviation(sum, squares, count), IsFlat = _perRow == 1 };
    }

    /// <param name="features">[feature], all of them finite.</param>
    public void Add(ReadOnlySpan<float> features)
    {
        Sample(features);
        _rows++;
        TensorPrimitives.Min(features, _low, _low);
        TensorPrimitives.Max(features, _high, _high);
        for (int at = 0; at < features.Length; at += _inputs) AddStep(features.Slice(at, _inputs));
        if (!_isSequence) return;
        for (int at = _inputs; at < features.Length; at++)
        {
            double change = features[at] - features[at - _inputs];
            _changes[at % _inputs] += change * change;
        }
    }

    private void AddStep(ReadOnlySpan<float> inputs)
    {
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
        if (place < _sample.Length) features.CopyTo(_sample[place] ??= new float[features.Length]);
    }

    private float[] Sample(float[][] rows, int input)
    {
        var values = new float[rows.Length * _perRow];
        for (int i = 0; i < values.Length; i++) values[i] = rows[i / _perRow][i % _perRow * _inputs + input];
        return values;
    }

    private static float[] Pooled(float[][] rows)
    {
        int width = rows[0].Length, step = (int)(((long)rows.Length * width + PooledValues - 1) / PooledValues);
        // A step that has nothing in common with the width comes to every feature.
        while (step > 1 && (int)System.Numerics.BigInteger.GreatestCommonDivisor(step, width) > 1) step++;
        var values = new float[((long)rows.Length * width + step - 1) / step];
        for (int i = 0; i < values.Length; i++)
        {
            long at = (long)i * step;
            values[i] = rows[at / width][at % width];
        }
        return values;
    }

    private float Bound(float[] bounds, int input, Func<float, float, float> outer)
    {
        float bound = bounds[input];
        for (int at = input; at < bounds.Length; at += _inputs) bound = outer(bound, bounds[at]);
        return bound;
    }

    private FeatureRange Range(float[] sample, double sum, double squares, double low, double high, long count, double changes)
    {
        sample.AsSpan().Sort();
        OutlierFences fences = OutlierFences.Of(sample);
        long steps = count / _perRow * (_perRow - 1);
        double change = _isSequence && steps > 0 ? Math.Sqrt(changes / steps) : 0;
        if (fences.Holds(low) && fences.Holds(high))
        {
            var (mean, deviation) = MeanAndDeviation(sum, squares, count);
            return new FeatureRange(mean, deviation, low, high, change);
        }
        float[] held = [.. sample.Where(value => fences.Holds(value))];
        double middle = held.Average(value => (double)value);
        return new FeatureRange(middle, Math.Sqrt(held.Average(value => (value - middle) * (value - middle))),
            fences.Holds(low) ? low : held[0], fences.Holds(high) ? high : held[^1], change);
    }

    private static (double Mean, double Deviation) MeanAndDeviation(double sum, double squares, long count)
    {
        double mean = sum / count;
        return (mean, Math.Sqrt(Math.Max(0, squares / count - mean * mean)));
    }
}
