using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>Batch normalisation of a panel's currents, <see cref="CurrentNormalisation"/>, and the way back: each lane by itself, its rows in order.</summary>
/// <remarks>
/// Rows are [row, lane], <see cref="Lanes.Panel"/> lanes each. Every product is rounded before it is added, whatever the processor could do at once.
/// </remarks>
internal static class NormalisationKernel
{
    private const int Width = 16;

    /// <summary>What is added to a variance, so that a neuron without any input is not divided by zero.</summary>
    public const float Epsilon = 1e-5f;

    /// <summary>The mean and the variance of each lane.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Measure(ReadOnlySpan<float> rows, Span<float> mean, Span<float> variance)
    {
        ref float first = ref MemoryMarshal.GetReference(rows);
        float count = rows.Length / Lanes.Panel;
        for (int lane = 0; lane < Lanes.Panel; lane += Width)
        {
            Vector512<float> sum = default, squares = default;
            for (int at = lane; at < rows.Length; at += Lanes.Panel) sum += Vector512.LoadUnsafe(ref first, (nuint)at);
            Vector512<float> middle = sum / Vector512.Create(count);
            for (int at = lane; at < rows.Length; at += Lanes.Panel)
            {
                Vector512<float> deviation = Vector512.LoadUnsafe(ref first, (nuint)at) - middle;
                squares += deviation * deviation;
            }
            middle.StoreUnsafe(ref MemoryMarshal.GetReference(mean), (nuint)lane);
            (squares / Vector512.Create(count)).StoreUnsafe(ref MemoryMarshal.GetReference(variance), (nuint)lane);
        }
    }

    /// <summary>rows ← (rows - mean) · inverse, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Normalise(Span<float> rows, ReadOnlySpan<float> mean, ReadOnlySpan<float> inverse)
    {
        ref float first = ref MemoryMarshal.GetReference(rows);
        for (int lane = 0; lane < Lanes.Panel; lane += Width)
        {
            Vector512<float> middle = Of(mean, lane), factor = Of(inverse, lane);
            for (int at = lane; at < rows.Length; at += Lanes.Panel)
                ((Vector512.LoadUnsafe(ref first, (nuint)at) - middle) * factor).StoreUnsafe(ref first, (nuint)at);
        }
    }

    /// <summary>target = scale · rows + shift, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Scale(ReadOnlySpan<float> rows, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, Span<float> target)
    {
        ref float source = ref MemoryMarshal.GetReference(rows), first = ref MemoryMarshal.GetReference(target);
        for (int lane = 0; lane < Lanes.Panel; lane += Width)
        {
            Vector512<float> factor = Of(scale, lane), term = Of(shift, lane);
            for (int at = lane; at < rows.Length; at += Lanes.Panel)
                (Vector512.LoadUnsafe(ref source, (nuint)at) * factor + term).StoreUnsafe(ref first, (nuint)at);
        }
    }

    /// <summary>From the gradient by the scaled currents to that by what they were made of.</summary>
    /// <param name="rows">The normalised currents.</param>
    /// <param name="each">How many rows of the gradient there are to a row of them.</param>
    /// <param name="factor">scale · inverse of each lane.</param>
    /// <param name="gradient">The gradient by the scaled currents; receives that by the currents before they were normalised.</param>
    /// <param name="ofScale">Receives the gradient by the scale of each lane.</param>
    /// <param name="ofShift">Receives the gradient by the shift of each lane.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Backward(
        ReadOnlySpan<float> rows, int each, ReadOnlySpan<float> factor, Span<float> gradient, Span<float> ofScale, Span<float> ofShift)
    {
        ref float row = ref MemoryMarshal.GetReference(rows), first = ref MemoryMarshal.GetReference(gradient);
        Vector512<float> count = Vector512.Create((float)(gradient.Length / Lanes.Panel));
        int size = each * Lanes.Panel;
        for (int lane = 0; lane < Lanes.Panel; lane += Width)
        {
            Vector512<float> sum = default, product = default;
            for (int start = 0, source = lane; start < gradient.Length; start += size, source += Lanes.Panel)
            {
                Vector512<float> normalised = Vector512.LoadUnsafe(ref row, (nuint)source);
                for (int at = start + lane; at < start + size; at += Lanes.Panel)
                {
                    Vector512<float> value = Vector512.LoadUnsafe(ref first, (nuint)at);
                    sum += value;
                    product += value * normalised;
                }
            }
            sum.StoreUnsafe(ref MemoryMarshal.GetReference(ofShift), (nuint)lane);
            product.StoreUnsafe(ref MemoryMarshal.GetReference(ofScale), (nuint)lane);
            Vector512<float> mean = sum / count, slope = product / count, all = Of(factor, lane);
            for (int start = 0, source = lane; start < gradient.Length; start += size, source += Lanes.Panel)
            {
                Vector512<float> common = mean + Vector512.LoadUnsafe(ref row, (nuint)source) * slope;
                for (int at = start + lane; at < start + size; at += Lanes.Panel)
                    ((Vector512.LoadUnsafe(ref first, (nuint)at) - common) * all).StoreUnsafe(ref first, (nuint)at);
            }
        }
    }

    private static Vector512<float> Of(ReadOnlySpan<float> lanes, int lane) => Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(lanes), (nuint)lane);
}
