using System.Numerics;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>A neuron's weights as whole multiples of a power of two, 2⁻ᵏ, so few of them that every sum of them fits into 16 bits.</summary>
/// <remarks>
/// Whichever inputs spike, in whichever order their weights are added, no partial sum leaves ±32767 · 2⁻ᵏ. Such numbers are exact in 16-bit
/// integers and in float32 alike, so all engines and the scorer, each adding in its own order, see currents that are equal to the bit.
/// </remarks>
internal static class WeightGrid
{
    // 2⁻¹⁰⁰ is far from where float32 loses digits.
    private const int Largest = short.MaxValue, Finest = 100;

    /// <summary>Rounds a neuron's weights to the finest grid that holds them.</summary>
    public static void Round(Span<float> weights)
    {
        if (weights.IndexOfAnyExcept(0f) < 0) return;
        double sum = 0;
        foreach (float weight in weights) sum += Math.Abs(weight);
        int k = Math.Min(Finest, (int)Math.Floor(Math.Log2(2 * Largest / sum)) + 1);
        while (!Holds(weights, k)) k--;
        double unit = Math.ScaleB(1, k);
        foreach (ref float weight in weights) weight = (float)(Math.Round(weight * unit) / unit);
    }

    /// <summary>The k of the coarsest grid that a neuron's weights lie on; null where they lie on none.</summary>
    public static int? Find(ReadOnlySpan<float> weights)
    {
        int k = -Finest;
        foreach (float weight in weights)
            if (weight != 0) k = Math.Max(k, -LowestBit(weight));
        return k <= Finest && Holds(weights, k) ? k : null;
    }

    /// <summary>The largest power of two of which a number is a whole multiple.</summary>
    private static int LowestBit(float weight)
    {
        uint bits = BitConverter.SingleToUInt32Bits(weight);
        const int Mantissa = 23, Bias = 127;
        return (int)(bits >> Mantissa & 0xFF) - Bias - Mantissa + BitOperations.TrailingZeroCount(bits | 1u << Mantissa);
    }

    /// <summary>Whether the rounded weights above 0, and those below, add up to no more than 16 bits hold.</summary>
    private static bool Holds(ReadOnlySpan<float> weights, int k)
    {
        double unit = Math.ScaleB(1, k), positive = 0, negative = 0;
        foreach (float weight in weights)
        {
            double rounded = Math.Round(weight * unit);
            if (rounded > 0) positive += rounded;
            else negative -= rounded;
        }
        return positive <= Largest && negative <= Largest;
    }
}
