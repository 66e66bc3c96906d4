using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Native;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Codes;

/// <summary><see cref="CounterRandom"/> on tensors: the same numbers on every device.</summary>
/// <remarks>
/// Arithmetic of 64-bit integers, and no generator: TorchSharp 0.107 makes a CPU's generator whatever device it is asked for, and a GPU's kernels refuse it.
/// </remarks>
internal static class NoiseTensors
{
    private const long Weyl = unchecked((long)0x9E3779B97F4A7C15), First = unchecked((long)0xBF58476D1CE4E5B9), Second = unchecked((long)0x94D049BB133111EB);

    /// <summary>Numbers that a float32 holds exactly.</summary>
    private const int Bits = 24;

    /// <summary>Uniform in [0, 1), of 24 bits: <c>Bits(i) >> 40</c> over 2²⁴ at place i.</summary>
    /// <param name="random">The source.</param>
    /// <param name="shape">How many.</param>
    /// <param name="device">Where they are wanted.</param>
    public static Tensor Uniform(this CounterRandom random, ReadOnlySpan<long> shape, Device device)
    {
        using var scope = NewDisposeScope();
        return random.Drawn(shape, device).to_type(float32).mul_((1.0 / (1 << Bits)).Rooted()).MoveToOuterDisposeScope();
    }

    /// <summary>Whole numbers from 0 to 2²⁴ - 1, as int64.</summary>
    public static Tensor Drawn(this CounterRandom random, ReadOnlySpan<long> shape, Device device)
    {
        using var scope = NewDisposeScope();
        long count = 1;
        foreach (long size in shape) count *= size;
        // A difference and no sum: TorchSharp's sums make a scalar that nothing roots.
        Tensor z = ones(count, int64, device).cumsum(0).sub_(Number(1)).mul_(Number(Weyl)).sub_(Number(unchecked(-(long)random.Key)));
        z = Mixed(z, 30).mul_(Number(First));
        z = Mixed(z, 27).mul_(Number(Second));
        return Shifted(Mixed(z, 31), 64 - Bits).view(shape.ToArray()).MoveToOuterDisposeScope();
    }

    private static Tensor Mixed(Tensor z, int bits) => z.bitwise_xor_(Shifted(z, bits));

    /// <summary>A logical shift: int64's own brings the sign with it.</summary>
    private static Tensor Shifted(Tensor z, int bits) => z.bitwise_right_shift(Number(bits)).bitwise_and_(Number((1L << 64 - bits) - 1));

    // Without dimensions and on the host: a kernel takes its value, and nothing is copied.
    private static Tensor Number(long value) => tensor(value, device: CPU);
}
