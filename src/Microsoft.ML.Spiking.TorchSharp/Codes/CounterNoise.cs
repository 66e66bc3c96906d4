using Microsoft.ML.Spiking.Fused;
using Microsoft.ML.Spiking.Ground;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Codes;

/// <summary><see cref="CounterRandom"/> on tensors: the same numbers on every device.</summary>
/// <remarks>
/// Arithmetic of 64-bit integers, and no generator: TorchSharp 0.107 makes a CPU's generator whatever device it is asked for, and a GPU's kernels refuse it.
/// </remarks>
internal sealed class CounterNoise : IDisposable
{
    /// <summary>Bits of a number: as many as a float32 holds exactly.</summary>
    public const int Bits = 24;

    private const long Weyl = unchecked((long)0x9E3779B97F4A7C15), First = unchecked((long)0xBF58476D1CE4E5B9), Second = unchecked((long)0x94D049BB133111EB);

    private readonly Device _device;
    private readonly FusedKernels? _kernels;
    private readonly Dictionary<long, Tensor> _numbers = [];
    private Tensor? _places;

    /// <param name="device">Where to draw.</param>
    /// <param name="kernels">What draws spikes in one launch; null where nothing does.</param>
    public CounterNoise(Device device, FusedKernels? kernels = null) => (_device, _kernels) = (device, kernels);

    /// <summary>Whole numbers from 0 to 2²⁴ - 1, as int64: <c>Bits(i) >> 40</c> at place i.</summary>
    /// <param name="random">The source.</param>
    /// <param name="shape">How many.</param>
    public Tensor Drawn(CounterRandom random, ReadOnlySpan<long> shape)
    {
        using var scope = NewDisposeScope();
        long count = 1;
        foreach (long size in shape) count *= size;
        // A difference and no sum: TorchSharp's sums make a scalar that nothing roots.
        return Mixed(Places(count).sub(tensor(unchecked(-(long)random.Key), device: CPU))).view(shape.ToArray()).MoveToOuterDisposeScope();
    }

    /// <summary>Spikes, 0 or 1, [time, batch, input].</summary>
    /// <param name="limits">Below what a number is to be for a spike, [batch, input].</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="random">The source.</param>
    public Tensor Spikes(Tensor limits, int steps, CounterRandom random)
        => _kernels?.Draw(limits.contiguous(), steps, random.Key) ?? Drawn(random, [steps, .. limits.shape]).lt(limits).to_type(float32);

    /// <summary>The same of several sources, each with its own numbers from place 0 on: [source, number].</summary>
    public Tensor Drawn(CounterRandom[] sources, long count)
    {
        using var scope = NewDisposeScope();
        Tensor keys = tensor(Array.ConvertAll(sources, source => unchecked(-(long)source.Key)), [sources.Length, 1], device: _device);
        return Mixed(Places(count).unsqueeze(0) - keys).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        _places?.Dispose();
        foreach (Tensor number in _numbers.Values) number.Dispose();
    }

    /// <summary>The counters of the places from 0 on, as the source multiplies them; made once and kept.</summary>
    private Tensor Places(long count)
    {
        if (_places is null || _places.shape[0] < count)
        {
            _places?.Dispose();
            _places = ones(count, int64, _device).cumsum(0).sub_(Number(1)).mul_(Number(Weyl)).DetachFromDisposeScope();
        }
        return _places.narrow(0, 0, count);
    }

    /// <summary>The upper bits of the finaliser of SplitMix64, in place; its last shift does not reach them.</summary>
    private Tensor Mixed(Tensor z)
    {
        z.bitwise_xor_(Shifted(z, 30)).mul_(Number(First));
        z.bitwise_xor_(Shifted(z, 27)).mul_(Number(Second));
        return Shifted(z, 64 - Bits);
    }

    /// <summary>A logical shift: int64's own brings the sign with it.</summary>
    private Tensor Shifted(Tensor z, int bits) => z.bitwise_right_shift(Number(bits)).bitwise_and_(Number((1L << 64 - bits) - 1));

    // Without dimensions and on the host: a kernel takes its value, and nothing is copied.
    private Tensor Number(long value)
    {
        if (!_numbers.TryGetValue(value, out Tensor? number)) _numbers[value] = number = tensor(value, device: CPU).DetachFromDisposeScope();
        return number;
    }
}
