using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>Number by number, what training does between its products. The values are as many as the target's numbers.</summary>
/// <remarks>
/// For 512 bits TensorPrimitives is not compiled ahead. Until the runtime has optimised it, which takes a second of training, it is several times as slow.
/// </remarks>
internal static class Elementwise
{
    private const int Width = 16;

    /// <summary>target[i] += values[i].</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Add(ReadOnlySpan<float> values, Span<float> target)
    {
        ref float x = ref MemoryMarshal.GetReference(values), y = ref MemoryMarshal.GetReference(target);
        int i = 0;
        for (; i <= target.Length - Width; i += Width)
            (Vector512.LoadUnsafe(ref y, (nuint)i) + Vector512.LoadUnsafe(ref x, (nuint)i)).StoreUnsafe(ref y, (nuint)i);
        for (; i < target.Length; i++) target[i] = target[i] + values[i];
    }

    /// <summary>target[i] = values[i] - others[i].</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Subtract(ReadOnlySpan<float> values, ReadOnlySpan<float> others, Span<float> target)
    {
        ref float x = ref MemoryMarshal.GetReference(values), z = ref MemoryMarshal.GetReference(others), y = ref MemoryMarshal.GetReference(target);
        int i = 0;
        for (; i <= target.Length - Width; i += Width)
            (Vector512.LoadUnsafe(ref x, (nuint)i) - Vector512.LoadUnsafe(ref z, (nuint)i)).StoreUnsafe(ref y, (nuint)i);
        for (; i < target.Length; i++) target[i] = values[i] - others[i];
    }

    /// <summary>target[i] = factor · values[i].</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(ReadOnlySpan<float> values, float factor, Span<float> target)
    {
        ref float x = ref MemoryMarshal.GetReference(values), y = ref MemoryMarshal.GetReference(target);
        int i = 0;
        for (; i <= target.Length - Width; i += Width)
            (Vector512.LoadUnsafe(ref x, (nuint)i) * factor).StoreUnsafe(ref y, (nuint)i);
        for (; i < target.Length; i++) target[i] = values[i] * factor;
    }

    /// <summary>target[i] = factor · (values[i] / divisor).</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void DivideMultiply(ReadOnlySpan<float> values, float divisor, float factor, Span<float> target)
    {
        ref float x = ref MemoryMarshal.GetReference(values), y = ref MemoryMarshal.GetReference(target);
        int i = 0;
        for (; i <= target.Length - Width; i += Width)
            (Vector512.LoadUnsafe(ref x, (nuint)i) / Vector512.Create(divisor) * factor).StoreUnsafe(ref y, (nuint)i);
        for (; i < target.Length; i++) target[i] = values[i] / divisor * factor;
    }

    /// <summary>target[i] += factor · values[i], rounded twice.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void AddProduct(ReadOnlySpan<float> values, float factor, Span<float> target)
    {
        ref float x = ref MemoryMarshal.GetReference(values), y = ref MemoryMarshal.GetReference(target);
        int i = 0;
        for (; i <= target.Length - Width; i += Width)
            (Vector512.LoadUnsafe(ref x, (nuint)i) * factor + Vector512.LoadUnsafe(ref y, (nuint)i)).StoreUnsafe(ref y, (nuint)i);
        for (; i < target.Length; i++) target[i] = values[i] * factor + target[i];
    }

    /// <summary>target[i] += values[i]², rounded twice.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void AddSquare(ReadOnlySpan<float> values, Span<float> target)
    {
        ref float x = ref MemoryMarshal.GetReference(values), y = ref MemoryMarshal.GetReference(target);
        int i = 0;
        for (; i <= target.Length - Width; i += Width)
        {
            Vector512<float> value = Vector512.LoadUnsafe(ref x, (nuint)i);
            (value * value + Vector512.LoadUnsafe(ref y, (nuint)i)).StoreUnsafe(ref y, (nuint)i);
        }
        for (; i < target.Length; i++) target[i] = values[i] * values[i] + target[i];
    }

    /// <summary>target[i] += factor where values[i] is positive, -factor where it is negative: the gradient of factor · Σ |values|.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void AddSigns(ReadOnlySpan<float> values, float factor, Span<float> target)
    {
        ref float x = ref MemoryMarshal.GetReference(values), y = ref MemoryMarshal.GetReference(target);
        Vector512<float> up = Vector512.Create(factor), down = Vector512.Create(-factor), none = default;
        int i = 0;
        for (; i <= target.Length - Width; i += Width)
        {
            Vector512<float> value = Vector512.LoadUnsafe(ref x, (nuint)i);
            Vector512<float> sign = (up & Vector512.GreaterThan(value, none)) | (down & Vector512.LessThan(value, none));
            (Vector512.LoadUnsafe(ref y, (nuint)i) + sign).StoreUnsafe(ref y, (nuint)i);
        }
        for (; i < target.Length; i++) target[i] += values[i] > 0 ? factor : values[i] < 0 ? -factor : 0;
    }

    /// <summary>target[i] ← factor · target[i] where values[i] is positive, else 0: back through a rectifier.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyWherePositive(ReadOnlySpan<float> values, float factor, Span<float> target)
    {
        ref float x = ref MemoryMarshal.GetReference(values), y = ref MemoryMarshal.GetReference(target);
        Vector512<float> none = default;
        int i = 0;
        for (; i <= target.Length - Width; i += Width)
        {
            Vector512<float> passed = Vector512.GreaterThan(Vector512.LoadUnsafe(ref x, (nuint)i), none);
            (Vector512.LoadUnsafe(ref y, (nuint)i) * factor & passed).StoreUnsafe(ref y, (nuint)i);
        }
        for (; i < target.Length; i++) target[i] = values[i] > 0 ? target[i] * factor : 0;
    }
}
