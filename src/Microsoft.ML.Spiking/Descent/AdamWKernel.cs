using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking.Descent;

/// <summary><see cref="AdamW"/> in one pass over memory, and the sum of squares that clipping needs.</summary>
/// <remarks>Threads take blocks of one size, and the blocks' sums are added in order: how many threads there are changes no bit.</remarks>
internal static class AdamWKernel
{
    private const int Block = 1 << 14;

    /// <summary>Σ x².</summary>
    public static double SumOfSquares(AlignedFloats values)
    {
        var sums = new double[Blocks(values)];
        OverBlocks(values, (block, start, length) => sums[block] = Squares(values.Span.Slice(start, length)));
        return sums.Sum();
    }

    /// <summary>One step.</summary>
    /// <param name="weights">Move.</param>
    /// <param name="gradient">∂loss/∂weights; zeroed while it is in the cache.</param>
    /// <param name="mean">Running mean of the gradient; changed.</param>
    /// <param name="square">Running mean of its square; changed.</param>
    /// <param name="step">The step's numbers.</param>
    public static void Step(AlignedFloats weights, AlignedFloats gradient, AlignedFloats mean, AlignedFloats square, AdamWStep step)
        => OverBlocks(weights, (_, start, length) => Step(weights.Span.Slice(start, length), gradient.Span.Slice(start, length),
            mean.Span.Slice(start, length), square.Span.Slice(start, length), step));

    /// <summary>The running mean goes a part of the way to the weights: a ← a + share · (w - a).</summary>
    /// <param name="average">The mean; changed.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="share">The part.</param>
    public static void Average(AlignedFloats average, AlignedFloats weights, float share)
        => OverBlocks(average, (_, start, length) => Average(average.Span.Slice(start, length), weights.Span.Slice(start, length), share));

    private static int Blocks(AlignedFloats values) => (values.Length + Block - 1) / Block;

    private static void OverBlocks(AlignedFloats values, Action<int, int, int> work)
    {
        void Do(int block) => work(block, block * Block, Math.Min(Block, values.Length - block * Block));
        if (Blocks(values) == 1) Do(0);
        else Parallel.For(0, Blocks(values), Do);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Average(Span<float> average, ReadOnlySpan<float> weights, float share)
    {
        ref float a = ref MemoryMarshal.GetReference(average), w = ref MemoryMarshal.GetReference(weights);
        int i = 0;
        for (; i <= average.Length - 16; i += 16)
        {
            Vector512<float> old = Vector512.LoadUnsafe(ref a, (nuint)i);
            (old + (Vector512.LoadUnsafe(ref w, (nuint)i) - old) * share).StoreUnsafe(ref a, (nuint)i);
        }
        for (; i < average.Length; i++) average[i] += (weights[i] - average[i]) * share;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static double Squares(ReadOnlySpan<float> values)
    {
        ref float x = ref MemoryMarshal.GetReference(values);
        Vector512<float> s0 = default, s1 = default;
        int i = 0;
        for (; i <= values.Length - 32; i += 32)
        {
            Vector512<float> x0 = Vector512.LoadUnsafe(ref x, (nuint)i), x1 = Vector512.LoadUnsafe(ref x, (nuint)i + 16);
            s0 += x0 * x0;
            s1 += x1 * x1;
        }
        double sum = Vector512.Sum(s0 + s1);
        for (; i < values.Length; i++) sum += (double)values[i] * values[i];
        return sum;
    }

    /// <summary>
    /// With g = clip · gradient:
    /// <code>
    /// m ← β₁ · m + (1 - β₁) · g
    /// v ← β₂ · v + (1 - β₂) · g²
    /// w ← w · (1 - η · decay) - η · m̂ / (√v̂ + ε),  m̂ and v̂ without their bias
    /// </code>
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Step(Span<float> weights, Span<float> gradient, Span<float> mean, Span<float> square, AdamWStep step)
    {
        ref float w = ref MemoryMarshal.GetReference(weights), g = ref MemoryMarshal.GetReference(gradient);
        ref float m = ref MemoryMarshal.GetReference(mean), v = ref MemoryMarshal.GetReference(square);
        float newMean = 1 - step.Beta1, newSquare = 1 - step.Beta2;
        int i = 0;
        for (; i <= weights.Length - 16; i += 16)
        {
            nuint at = (nuint)i;
            Vector512<float> gi = Vector512.LoadUnsafe(ref g, at) * step.Clip;
            Vector512<float> mi = Vector512.LoadUnsafe(ref m, at) * step.Beta1 + gi * newMean;
            Vector512<float> vi = Vector512.LoadUnsafe(ref v, at) * step.Beta2 + gi * gi * newSquare;
            Vector512<float> root = Vector512.Sqrt(vi) * step.RootScale + Vector512.Create(step.Epsilon);
            Vector512<float>.Zero.StoreUnsafe(ref g, at);
            mi.StoreUnsafe(ref m, at);
            vi.StoreUnsafe(ref v, at);
            (Vector512.LoadUnsafe(ref w, at) * step.Keep - mi / root * step.Rate).StoreUnsafe(ref w, at);
        }
        for (; i < weights.Length; i++)
        {
            float gi = gradient[i] * step.Clip;
            gradient[i] = 0;
            mean[i] = mean[i] * step.Beta1 + gi * newMean;
            square[i] = square[i] * step.Beta2 + gi * gi * newSquare;
            weights[i] = weights[i] * step.Keep - mean[i] / (MathF.Sqrt(square[i]) * step.RootScale + step.Epsilon) * step.Rate;
        }
    }
}
