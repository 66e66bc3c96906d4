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
    private readonly int[] _batches = [0];
    private readonly float[] _mean, _inverse;   // of the last batch

    /// <param name="rule">How.</param>
    /// <param name="channels">Channels.</param>
    public NormalisedMaps(CurrentNormalisation rule, int channels)
    {
        (_channels, _momentum) = (channels, rule.Momentum);
        float[] start = new float[channels], zeros = new float[channels];
        Array.Fill(start, (float)rule.Scale);
        (_scale, _shift) = (new TrainedArray([channels], start), new TrainedArray([channels], zeros));
        (_runningMean, _runningVariance) = (new AlignedFloats(channels), new AlignedFloats(channels));
        (_mean, _inverse) = (new float[channels], new float[channels]);
    }

    /// <summary>All that lasts from batch to batch, for a checkpoint.</summary>
    public IEnumerable<StateArray> State =>
    [
        StateArray.Of("normalisation.scale", _scale.Weights, _scale.Shape), StateArray.Of("normalisation.shift", _shift.Weights, _shift.Shape),
        StateArray.Of("normalisation.mean", _runningMean, _scale.Shape),
        StateArray.Of("normalisation.variance", _runningVariance, _scale.Shape) with { Range = StateRange.NotNegative },
        StateArray.Of("normalisation.batches", _batches),
    ];

    /// <summary>Measures a batch.</summary>
    /// <param name="currents">[map, channel, place], and perhaps more.</param>
    /// <param name="count">Numbers of the batch.</param>
    /// <param name="places">Places of a map.</param>
    /// <param name="there">Which maps count, [map]; empty where all do.</param>
    /// <returns>What normalises them.</returns>
    public MapScale Measure(AlignedFloats currents, int count, int places, bool[] there)
    {
        var factor = new float[_channels];
        float share = (float)Math.Max(_momentum, 1.0 / ++_batches[0]);
        Parallel.For(0, _channels, channel =>
        {
            var (mean, variance) = MapNormalisation.Measure(currents.Span[..count], channel, _channels, places, there);
            (_mean[channel], _inverse[channel]) = (mean, 1 / MathF.Sqrt(variance + NormalisationKernel.Epsilon));
            factor[channel] = _scale.Weights.Span[channel] * _inverse[channel];
            // The first batches count alike, those after them as the momentum says.
            _runningMean.Span[channel] += share * (mean - _runningMean.Span[channel]);
            _runningVariance.Span[channel] += share * (variance - _runningVariance.Span[channel]);
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
