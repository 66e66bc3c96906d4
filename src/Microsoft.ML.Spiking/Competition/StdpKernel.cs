using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking.Competition;

/// <summary>What learning does to a neuron's own weights, which lie behind each other, [input]. Equal to the bit at every vector width.</summary>
internal static class StdpKernel
{
    private const int Width = 16;

    /// <summary>weights[i] += rate · (traces[i] · (1 - weights[i]) - depression · weights[i]).</summary>
    /// <remarks>From [0, 1] they stay there, where rate · (1 + depression) ≤ 1.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Learn(ReadOnlySpan<float> traces, float rate, float depression, Span<float> weights)
    {
        ref float x = ref MemoryMarshal.GetReference(traces), w = ref MemoryMarshal.GetReference(weights);
        Vector512<float> rates = Vector512.Create(rate), depressions = Vector512.Create(depression), one = Vector512<float>.One;
        int i = 0;
        for (; i <= weights.Length - Width; i += Width)
        {
            Vector512<float> weight = Vector512.LoadUnsafe(ref w, (nuint)i), trace = Vector512.LoadUnsafe(ref x, (nuint)i);
            (weight + rates * (trace * (one - weight) - depressions * weight)).StoreUnsafe(ref w, (nuint)i);
        }
        for (; i < weights.Length; i++) weights[i] += rate * (traces[i] * (1 - weights[i]) - depression * weights[i]);
    }

    /// <summary>weights[i] -= rate · traces[i] · weights[i].</summary>
    /// <remarks>From [0, 1] they stay there, where rate ≤ 1.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Unlearn(ReadOnlySpan<float> traces, float rate, Span<float> weights)
    {
        ref float x = ref MemoryMarshal.GetReference(traces), w = ref MemoryMarshal.GetReference(weights);
        Vector512<float> rates = Vector512.Create(rate);
        int i = 0;
        for (; i <= weights.Length - Width; i += Width)
        {
            Vector512<float> weight = Vector512.LoadUnsafe(ref w, (nuint)i), trace = Vector512.LoadUnsafe(ref x, (nuint)i);
            (weight - rates * trace * weight).StoreUnsafe(ref w, (nuint)i);
        }
        for (; i < weights.Length; i++) weights[i] -= rate * traces[i] * weights[i];
    }

    /// <summary>Scales weights to a mean; what would be more than 1 is 1. All 0, they become the mean.</summary>
    public static void Normalise(Span<float> weights, float mean)
    {
        float sum = FixedSum.OfSizes(weights);
        if (sum > 0)
        {
            Elementwise.Multiply(weights, mean * weights.Length / sum, weights);
            foreach (ref float weight in weights) weight = Math.Min(weight, 1);
        }
        else weights.Fill(mean);
    }
}
