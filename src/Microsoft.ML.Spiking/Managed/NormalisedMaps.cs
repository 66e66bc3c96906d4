using Microsoft.ML.Spiking.Descent;
using Microsoft.ML.Spiking.Engines;
using Microsoft.ML.Spiking.Kernels;
using Microsoft.ML.Spiking.State;

namespace Microsoft.ML.Spiking.Managed;

/// <summary>The currents of a convolution layer on their way into its neurons, normalised over rows, places and time steps, and the way back.</summary>
/// <remarks>A channel is one thread's, with all maps of the batch, whose sums are added in their order.</remarks>
internal sealed class NormalisedMaps
{
    private readonly int _channels;
    private readonly double _momentum;
    private readonly TrainedArray _scale, _shift;
    private readonly AlignedFloats _runningMean, _runningVariance;
    private readonly int[] _batches;
    private readonly float[] _mean, _variance, _inverse;   // of the last batch

    /// <param name="rule">How.</param>
    /// <param name="channels">Channels.</param>
    public NormalisedMaps(CurrentNormalisation rule, int channels)
    {
        (_channels, _momentum) = (channels, rule.Momentum);
        float[] start = new float[channels], zeros = new float[channels];
        Array.Fill(start, (float)rule.Scale);
        (_scale, _shift) = (new TrainedArray([channels], start), new TrainedArray([channels], zeros));
        (_runningMean, _runningVariance) = (new AlignedFloats(channels), new AlignedFloats(channels));
        (_mean, _variance, _inverse) = (new float[channels], new float[channels], new float[channels]);
        _batches = [0];
    }

    /// <summary>The same scale, shift and running means, with room for another block of the batch.</summary>
    /// <param name="of">Whose.</param>
    private NormalisedMaps(NormalisedMaps of)
    {
        (_channels, _momentum, _scale, _shift) = (of._channels, of._momentum, of._scale, of._shift);
        (_runningMean, _runningVariance, _batches) = (of._runningMean, of._runningVariance, of._batches);
        (_mean, _variance, _inverse) = (new float[_channels], new float[_channels], new float[_channels]);
    }

    /// <summary>All that lasts from batch to batch, for a checkpoint.</summary>
    public IEnumerable<StateArray> State =>
    [
        StateArray.Of("normalisation.scale", _scale.Weights, _scale.Shape), StateArray.Of("normalisation.shift", _shift.Weights, _shift.Shape),
        StateArray.Of("normalisation.mean", _runningMean, _scale.Shape),
        StateArray.Of("normalisation.variance", _runningVariance, _scale.Shape) with { Range = StateRange.NotNegative },
        StateArray.Of("normalisation.batches", _batches),
    ];

    /// <summary>What was measured of the batch: the means and variances of the currents, as a running mean takes them in.</summary>
    public float[][] Measured => [[.. _mean], [.. _variance]];

    /// <summary>The same normalisation, with room for another block of the batch.</summary>
    public NormalisedMaps Twin() => new(this);

    /// <summary>Takes means and variances into the running ones: the first batches count alike, those after them as the momentum says.</summary>
    /// <param name="measured">As <see cref="Measured"/> gives them.</param>
    public void Remember(ReadOnlySpan<float[]> measured)
    {
        float share = (float)Math.Max(_momentum, 1.0 / ++_batches[0]);
        for (int channel = 0; channel < _channels; channel++)
        {
            _runningMean.Span[channel] += share * (measured[0][channel] - _runningMean.Span[channel]);
            _runningVariance.Span[channel] += share * (measured[1][channel] - _runningVariance.Span[channel]);
        }
    }

    /// <summary>Measures a batch.</summary>
    /// <param name="currents">[map, channel, place], and perhaps more.</param>
    /// <param name="count">Numbers of the batch.</param>
    /// <param name="places">Places of a map.</param>
    /// <param name="there">Which maps count, [map]; empty where all do.</param>
    /// <returns>What normalises them.</returns>
    public MapScale Measure(AlignedFloats currents, int count, int places, bool[] there)
    {
        var factor = new float[_channels];
        Parallel.For(0, _channels, channel =>
        {
            var (mean, variance) = MapNormalisation.Measure(currents.Span[..count], channel, _channels, places, there);
            (_mean[channel], _variance[channel], _inverse[channel]) = (mean, variance, 1 / MathF.Sqrt(variance + NormalisationKernel.Epsilon));
            factor[channel] = _scale.Weights.Span[channel] * _inverse[channel];
        });
        return new MapScale(_mean, factor, _shift.Weights.Span.ToArray());
    }

    /// <summary>Goes back through the batch that was measured last, and leaves the gradients of scale and shift.</summary>
    /// <param name="currents">As they were measured.</param>
    /// <param name="gradient">By the normalised currents; where those are held over many steps, the sum over these. Receives that by the currents.</param>
    /// <param name="count">Numbers of the batch.</param>
    /// <param name="places">Places of a map.</param>
    /// <param name="there">Which maps count, [map]; empty where all do.</param>
    public void Backward(AlignedFloats currents, AlignedFloats gradient, int count, int places, bool[] there) => Parallel.For(0, _channels, channel =>
    {
        var (ofScale, ofShift) = MapNormalisation.Back(currents.Span[..count], gradient.Span[..count], channel, _channels, places, _mean[channel],
            _inverse[channel], _scale.Weights.Span[channel], there);
        _scale.Gradient.Span[channel] += ofScale;
        _shift.Gradient.Span[channel] += ofShift;
    });

    /// <summary>Hands the optimiser what learns.</summary>
    public void Train(GradientDescent descent)
    {
        descent.Add(descent.Rule.ColumnWeightFactor, _scale);
        descent.Add(descent.Rule.ColumnWeightFactor, _shift);
    }

    /// <summary>What it comes to for a trained network.</summary>
    /// <param name="weights">The layer's weights, [channel, synapse].</param>
    public NeuronInput Fold(float[] weights) => NeuronInput.Folded(weights, _scale.Weights.Span.ToArray(), _shift.Weights.Span.ToArray(),
        _runningMean.Span.ToArray(), _runningVariance.Span.ToArray());
}
