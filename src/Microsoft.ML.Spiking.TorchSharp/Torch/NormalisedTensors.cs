using Microsoft.ML.Spiking.Descent;
using Microsoft.ML.Spiking.Engines;
using Microsoft.ML.Spiking.Kernels;
using Microsoft.ML.Spiking.Native;
using Microsoft.ML.Spiking.State;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Torch;

/// <summary>
/// The currents of a batch on their way into a layer's neurons, normalised over time and rows, and those of a channel over its places; autograd goes the way
/// back.
/// </summary>
internal sealed class NormalisedTensors : IDisposable
{
    private readonly double _momentum;
    private readonly Parameter _scale, _shift;
    private readonly Tensor _mean, _variance;
    private readonly bool _ofMaps;
    private readonly int[] _batches = [0];
    private Tensor? _currents, _normalised;
    private float[] _middle = [], _inverse = [], _factor = [];   // of the last batch, where it was measured in managed code

    /// <param name="rule">How.</param>
    /// <param name="sets">Neurons of the layer, or its channels.</param>
    /// <param name="ofMaps">Whether they are channels, each of many places.</param>
    /// <param name="device">Where to compute.</param>
    public NormalisedTensors(CurrentNormalisation rule, int sets, bool ofMaps, Device device)
    {
        using var scope = NewDisposeScope();
        (_momentum, _ofMaps) = (rule.Momentum, ofMaps);
        _scale = (Parameter)nn.Parameter(full([sets], rule.Scale.Rooted(), float32, device)).DetachFromDisposeScope();
        _shift = (Parameter)nn.Parameter(zeros(sets, float32, device)).DetachFromDisposeScope();
        _mean = zeros(sets, float32, device).DetachFromDisposeScope();
        _variance = zeros(sets, float32, device).DetachFromDisposeScope();
    }

    /// <summary>All that lasts from batch to batch, for a checkpoint.</summary>
    public IEnumerable<StateArray> State =>
    [
        _scale.As("normalisation.scale"), _shift.As("normalisation.shift"), _mean.As("normalisation.mean"),
        _variance.As("normalisation.variance") with { Range = StateRange.NotNegative }, StateArray.Of("normalisation.batches", _batches),
    ];

    /// <summary>The gradients that the last way back left, by the scale and by the shift.</summary>
    public IEnumerable<Tensor> Gradients => [_scale.grad!, _shift.grad!];

    /// <summary>Normalises a batch's currents, and remembers it for the way back.</summary>
    /// <param name="currents">[time, batch, neuron], or of maps [time, batch, channel, place].</param>
    /// <param name="there">1 in a row's own steps, 0 after its end, [time, batch]; null where all rows have all steps.</param>
    public Tensor Run(Tensor currents, Tensor? there)
    {
        using var scope = NewDisposeScope();
        Forget();
        using var withGradient = enable_grad();
        long[] over = _ofMaps ? [0, 1, 3] : [0, 1];
        Tensor? counts = there?.view([.. there.shape, .. Enumerable.Repeat(1L, (int)currents.dim() - 2)]);
        Tensor? count = there?.sum().mul((_ofMaps ? (double)currents.shape[3] : 1).Rooted());
        Tensor leaf = currents.detach().requires_grad_(), mean = Mean(leaf), deviation = leaf.add(Each(mean), (-1.0).Rooted());
        Tensor variance = Mean(deviation * deviation);
        Tensor normalised = deviation * Each(variance.add(((double)NormalisationKernel.Epsilon).Rooted(), RootedScalars.One).rsqrt()) * Each(_scale);
        normalised = normalised.add(Each(_shift), RootedScalars.One);
        Remember(mean, variance);
        (_currents, _normalised) = (leaf.DetachFromDisposeScope(), normalised.DetachFromDisposeScope());
        // The neurons may write over what they are given.
        return normalised.detach().clone().MoveToOuterDisposeScope();

        Tensor Mean(Tensor values) => counts is null ? values.mean(over) : (values * counts).sum(over).div(count!);
        Tensor Each(Tensor ofSets) => _ofMaps ? ofSets.unsqueeze(1) : ofSets;
    }

    /// <summary>From the gradient by the normalised currents to that by the currents; leaves the gradients of scale and shift.</summary>
    public Tensor Backward(Tensor gradient)
    {
        using var withGradient = enable_grad();
        _normalised!.backward([gradient]);
        return _currents!.grad!;
    }

    /// <summary>Measures a batch in managed code.</summary>
    /// <param name="measured">The mean and variance of a set.</param>
    /// <returns>What normalises the currents.</returns>
    public MapScale Measure(Func<int, (float Mean, float Variance)> measured)
    {
        using var scope = NewDisposeScope();
        float[] scale = _scale.ToArray(), variance = new float[scale.Length];
        (_middle, _inverse, _factor) = (new float[scale.Length], new float[scale.Length], scale);
        Parallel.For(0, scale.Length, set =>
        {
            (_middle[set], variance[set]) = measured(set);
            _inverse[set] = 1 / MathF.Sqrt(variance[set] + NormalisationKernel.Epsilon);
        });
        Remember(tensor(_middle, device: _scale.device), tensor(variance, device: _scale.device));
        return new MapScale(_middle, [.. scale.Zip(_inverse, (factor, inverse) => factor * inverse)], _shift.ToArray());
    }

    /// <summary>Goes back through a batch that was measured in managed code.</summary>
    /// <param name="back">Of a set, its mean, 1 / its deviation and its scale, to the gradients by its scale and its shift.</param>
    public void Back(Func<int, float, float, float, (float OfScale, float OfShift)> back)
    {
        using var scope = NewDisposeScope();
        float[] ofScale = new float[_factor.Length], ofShift = new float[_factor.Length];
        Parallel.For(0, _factor.Length, set => (ofScale[set], ofShift[set]) = back(set, _middle[set], _inverse[set], _factor[set]));
        TorchLayer.AddTo(_scale, tensor(ofScale, device: _scale.device).clone());
        TorchLayer.AddTo(_shift, tensor(ofShift, device: _scale.device).clone());
    }

    /// <summary>Forgets the last batch.</summary>
    public void Forget()
    {
        _currents?.grad?.Dispose();
        _currents?.Dispose();
        _normalised?.Dispose();
        (_currents, _normalised) = (null, null);
    }

    public void Train(TensorDescent descent)
    {
        descent.Add(descent.Rule.ColumnWeightFactor, _scale);
        descent.Add(descent.Rule.ColumnWeightFactor, _shift);
    }

    /// <summary>What it comes to for a trained network.</summary>
    /// <param name="weights">The layer's weights, [set, synapse].</param>
    public NeuronInput Fold(float[] weights) => NeuronInput.Folded(weights, _scale.ToArray(), _shift.ToArray(), _mean.ToArray(), _variance.ToArray());

    public void Dispose()
    {
        Forget();
        foreach (Tensor tensor in (Tensor[])[_scale, _shift, _mean, _variance]) tensor.Dispose();
    }

    /// <summary>The first batches count alike, those after them as the momentum says.</summary>
    private void Remember(Tensor mean, Tensor variance)
    {
        using var noGrad = no_grad();
        using Scalar share = RootedScalars.Passing(Math.Max(_momentum, 1.0 / ++_batches[0]));
        foreach (var (running, measured) in ((Tensor, Tensor)[])[(_mean, mean), (_variance, variance)])
            running.add_(measured.add(running, (-1.0).Rooted()), share);
    }
}
