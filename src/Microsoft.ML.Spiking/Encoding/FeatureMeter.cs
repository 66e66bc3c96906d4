using System.Numerics.Tensors;

namespace Microsoft.ML.Spiking;

/// <summary>Measures features, row by row.</summary>
internal sealed class FeatureMeter
{
    private double _count, _sum, _squares, _maximum = double.NegativeInfinity;

    /// <summary>Mean, deviation and maximum over all features so far.</summary>
    public FeatureStatistics Statistics
    {
        get
        {
            double mean = _sum / _count;
            return new FeatureStatistics(mean, Math.Sqrt(Math.Max(0, _squares / _count - mean * mean)), _maximum);
        }
    }

    public void Add(ReadOnlySpan<float> features)
    {
        _count += features.Length;
        foreach (float x in features)
        {
            _sum += x;
            _squares += (double)x * x;
        }
        _maximum = Math.Max(_maximum, TensorPrimitives.Max(features));
    }
}
