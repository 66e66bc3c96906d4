using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Engines;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Native;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Torch;

/// <summary>What multiplies the hidden units in training: 0 where dropout leaves one out, 1 / (1 - dropout) where it does not.</summary>
/// <remarks>
/// <see cref="DropoutNoise"/> is a function of the step, so that those of many steps are drawn at once: a step alone would launch as many kernels for them as
/// for its spikes.
/// </remarks>
/// <param name="dropout">The share that is left out.</param>
/// <param name="seed">The network's.</param>
/// <param name="noise">Where the numbers come from.</param>
internal sealed class DropoutMasks(double dropout, int seed, CounterNoise noise) : IDisposable
{
    private const int Steps = 64;

    /// <summary>Numbers that are drawn at once, at the most: 32 MB while they are drawn, 16 MB afterwards.</summary>
    private const long Most = 1L << 22;

    private Tensor? _masks;
    private int _first;

    /// <summary>The masks of a step, [batch, unit].</summary>
    public Tensor Of(int step, long batch, long units)
    {
        long count = batch * units;
        if (_masks is null || step < _first || step >= _first + _masks.shape[0] || _masks.shape[1] < count) Draw(step, count);
        return _masks!.select(0, step - _first).narrow(0, 0, count).view(batch, units);
    }

    public void Dispose() => _masks?.Dispose();

    private void Draw(int step, long count)
    {
        using var scope = NewDisposeScope();
        _masks?.Dispose();
        int steps = (int)Math.Clamp(Most / count, 1, Steps);
        CounterRandom[] sources = [.. Enumerable.Range(step, steps).Select(of => DropoutNoise.Of(seed, of))];
        Tensor kept = noise.Drawn(sources, count).ge(((double)DropoutNoise.Least(dropout)).Rooted());
        (_masks, _first) = (kept.to_type(float32).mul_((1 / (1 - dropout)).Rooted()).DetachFromDisposeScope(), step);
    }
}
