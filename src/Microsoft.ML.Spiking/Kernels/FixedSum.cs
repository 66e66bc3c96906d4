using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>Sums whose additions have the same order on every processor: sixteen partial sums, however wide the machine's vectors are.</summary>
internal static class FixedSum
{
    private const int Parts = 16;

    /// <summary>Σ |x|.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static float OfSizes(ReadOnlySpan<float> values)
    {
        ref float x = ref MemoryMarshal.GetReference(values);
        Vector512<float> parts = default;
        int i = 0;
        for (; i <= values.Length - Parts; i += Parts) parts += Vector512.Abs(Vector512.LoadUnsafe(ref x, (nuint)i));
        float sum = Of(parts);
        for (; i < values.Length; i++) sum += MathF.Abs(values[i]);
        return sum;
    }

    /// <summary>The sum of partial sums.</summary>
    public static float Of(Vector512<float> parts)
    {
        Span<float> all = stackalloc float[Parts];
        parts.CopyTo(all);
        float sum = 0;
        foreach (float part in all) sum += part;
        return sum;
    }
}
