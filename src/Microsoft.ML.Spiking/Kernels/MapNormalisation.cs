using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary><see cref="CurrentNormalisation"/> of a channel's currents in a batch, over its samples, places and time steps, and the way back.</summary>
/// <remarks>
/// A map is the places of a channel in one step of a sample. Its sum is made in sixteen parts, whatever the width of vectors, and the maps' sums are added in
/// order in float64.
/// </remarks>
internal static class MapNormalisation
{
    private const int Width = 16;

    /// <summary>The mean and the variance of a channel.</summary>
    /// <param name="currents">[map, channel, place].</param>
    /// <param name="channel">Which.</param>
    /// <param name="channels">Of how many.</param>
    /// <param name="places">Places of a map.</param>
    /// <param name="there">Which maps count, [map]; empty where all do.</param>
    public static (float Mean, float Variance) Measure(
        ReadOnlySpan<float> currents, int channel, int channels, int places, ReadOnlySpan<bool> there = default)
    {
        double count = Counted(currents.Length / channels, places, there), sum = 0, squares = 0;
        for (int map = 0, at = channel * places; at < currents.Length; map++, at += channels * places)
            if (Counts(map, there)) sum += Sum(currents.Slice(at, places));
        float mean = (float)(sum / count);
        for (int map = 0, at = channel * places; at < currents.Length; map++, at += channels * places)
            if (Counts(map, there)) squares += Squares(currents.Slice(at, places), mean);
        return (mean, (float)(squares / count));
    }

    /// <summary>target = (currents - mean) · factor + shift.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Scale(ReadOnlySpan<float> currents, float mean, float factor, float shift, Span<float> target)
    {
        ref float x = ref MemoryMarshal.GetReference(currents), y = ref MemoryMarshal.GetReference(target);
        Vector512<float> middle = Vector512.Create(mean), scale = Vector512.Create(factor), term = Vector512.Create(shift);
        int i = 0;
        for (; i <= target.Length - Width; i += Width) ((Vector512.LoadUnsafe(ref x, (nuint)i) - middle) * scale + term).StoreUnsafe(ref y, (nuint)i);
        for (; i < target.Length; i++) target[i] = (currents[i] - mean) * factor + shift;
    }

    /// <summary>From the gradient by a channel's normalised currents to that by what they were made of.</summary>
    /// <param name="currents">Those, [map, channel, place].</param>
    /// <param name="gradient">By the normalised ones, likewise; where those are held over many steps, the sum over these. Receives what is found.</param>
    /// <param name="channel">Which.</param>
    /// <param name="channels">Of how many.</param>
    /// <param name="places">Places of a map.</param>
    /// <param name="mean">The channel's mean.</param>
    /// <param name="inverse">1 / its deviation.</param>
    /// <param name="scale">What the normalised currents were scaled by.</param>
    /// <param name="there">Which maps count, [map]; empty where all do. Those that do not have no gradient.</param>
    /// <returns>The gradients by the scale and by the shift.</returns>
    public static (float OfScale, float OfShift) Back(
        ReadOnlySpan<float> currents, Span<float> gradient, int channel, int channels, int places, float mean, float inverse, float scale,
        ReadOnlySpan<bool> there = default)
    {
        double count = Counted(currents.Length / channels, places, there), sum = 0, product = 0;
        for (int map = 0, at = channel * places; at < currents.Length; map++, at += channels * places)
        {
            if (!Counts(map, there)) continue;
            ReadOnlySpan<float> own = gradient.Slice(at, places);
            sum += Sum(own);
            product += Products(currents.Slice(at, places), mean, own);
        }
        product *= inverse;
        float slope = (float)(product * inverse / count);
        for (int map = 0, at = channel * places; at < currents.Length; map++, at += channels * places)
        {
            if (Counts(map, there)) Centre(currents.Slice(at, places), mean, slope, (float)(sum / count), scale * inverse, gradient.Slice(at, places));
            else gradient.Slice(at, places).Clear();
        }
        return ((float)product, (float)sum);
    }

    private static bool Counts(int map, ReadOnlySpan<bool> there) => there.IsEmpty || there[map];

    /// <summary>Of a channel's numbers in all maps, how many count.</summary>
    private static double Counted(int numbers, int places, ReadOnlySpan<bool> there) => there.IsEmpty ? numbers : (double)there.Count(true) * places;

    /// <summary>Σ values.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static float Sum(ReadOnlySpan<float> values)
    {
        ref float x = ref MemoryMarshal.GetReference(values);
        Vector512<float> parts = default;
        int i = 0;
        for (; i <= values.Length - Width; i += Width) parts += Vector512.LoadUnsafe(ref x, (nuint)i);
        float sum = FixedSum.Of(parts);
        for (; i < values.Length; i++) sum += values[i];
        return sum;
    }

    /// <summary>Σ (values - mean)².</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static float Squares(ReadOnlySpan<float> values, float mean)
    {
        ref float x = ref MemoryMarshal.GetReference(values);
        Vector512<float> parts = default, middle = Vector512.Create(mean);
        int i = 0;
        for (; i <= values.Length - Width; i += Width)
        {
            Vector512<float> deviation = Vector512.LoadUnsafe(ref x, (nuint)i) - middle;
            parts += deviation * deviation;
        }
        float sum = FixedSum.Of(parts);
        for (; i < values.Length; i++) sum += (values[i] - mean) * (values[i] - mean);
        return sum;
    }

    /// <summary>Σ (values - mean) · factors.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static float Products(ReadOnlySpan<float> values, float mean, ReadOnlySpan<float> factors)
    {
        ref float x = ref MemoryMarshal.GetReference(values), y = ref MemoryMarshal.GetReference(factors);
        Vector512<float> parts = default, middle = Vector512.Create(mean);
        int i = 0;
        for (; i <= values.Length - Width; i += Width)
            parts += (Vector512.LoadUnsafe(ref x, (nuint)i) - middle) * Vector512.LoadUnsafe(ref y, (nuint)i);
        float sum = FixedSum.Of(parts);
        for (; i < values.Length; i++) sum += (values[i] - mean) * factors[i];
        return sum;
    }

    /// <summary>gradient ← (gradient - common - (currents - mean) · slope) · factor.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Centre(ReadOnlySpan<float> currents, float mean, float slope, float common, float factor, Span<float> gradient)
    {
        ref float x = ref MemoryMarshal.GetReference(currents), y = ref MemoryMarshal.GetReference(gradient);
        Vector512<float> middle = Vector512.Create(mean), each = Vector512.Create(slope), all = Vector512.Create(common), scale = Vector512.Create(factor);
        int i = 0;
        for (; i <= gradient.Length - Width; i += Width)
        {
            Vector512<float> part = (Vector512.LoadUnsafe(ref x, (nuint)i) - middle) * each;
            ((Vector512.LoadUnsafe(ref y, (nuint)i) - all - part) * scale).StoreUnsafe(ref y, (nuint)i);
        }
        for (; i < gradient.Length; i++) gradient[i] = (gradient[i] - common - (currents[i] - mean) * slope) * factor;
    }
}
