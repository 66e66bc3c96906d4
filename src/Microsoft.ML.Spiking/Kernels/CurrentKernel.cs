using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Images;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>Input currents of the 64 neurons of a panel. The order of addition is that of the inputs, on every machine.</summary>
internal static class CurrentKernel
{
    /// <summary>Event-driven: each spike adds its row of weights, and what is silent costs nothing.</summary>
    /// <param name="train">The spikes.</param>
    /// <param name="seen">The inputs outside which the panel has no weights.</param>
    /// <param name="weights">The panel's weights, [input, lane].</param>
    /// <param name="currents">Receives [step, lane].</param>
    public static void OfSpikes(SpikeTrain train, InputRange seen, ReadOnlySpan<float> weights, Span<float> currents)
    {
        for (int step = 0; step < train.Steps; step++)
        {
            ReadOnlySpan<int> inputs = train[step];
            Sum(inputs[seen.Of(inputs)], weights, currents.Slice(step * Lanes.Panel, Lanes.Panel));
        }
    }

    /// <summary>Σ value · row of weights, for input that is the same in every step.</summary>
    /// <param name="inputs">The inputs that are not 0.</param>
    /// <param name="values">Their values.</param>
    /// <param name="weights">The panel's weights, [input, lane].</param>
    /// <param name="current">Receives [lane].</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void OfConstant(ReadOnlySpan<int> inputs, ReadOnlySpan<float> values, ReadOnlySpan<float> weights, Span<float> current)
    {
        ref float first = ref MemoryMarshal.GetReference(weights), target = ref MemoryMarshal.GetReference(current);
        Vector512<float> a0 = Vector512<float>.Zero, a1 = Vector512<float>.Zero, a2 = Vector512<float>.Zero, a3 = Vector512<float>.Zero;
        for (int k = 0; k < inputs.Length; k++)
        {
            ref float row = ref Unsafe.Add(ref first, (nint)(uint)inputs[k] * Lanes.Panel);
            Vector512<float> value = Vector512.Create(values[k]);
            a0 += value * Vector512.LoadUnsafe(ref row);
            a1 += value * Vector512.LoadUnsafe(ref row, 16);
            a2 += value * Vector512.LoadUnsafe(ref row, 32);
            a3 += value * Vector512.LoadUnsafe(ref row, 48);
        }
        a0.StoreUnsafe(ref target);
        a1.StoreUnsafe(ref target, 16);
        a2.StoreUnsafe(ref target, 32);
        a3.StoreUnsafe(ref target, 48);
    }

    /// <summary>Sums rows of weights. Calls nothing: across a call the sums would leave their registers, which costs four times the time.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Sum(ReadOnlySpan<int> inputs, ReadOnlySpan<float> weights, Span<float> current)
    {
        ref float first = ref MemoryMarshal.GetReference(weights), target = ref MemoryMarshal.GetReference(current);
        Vector512<float> a0 = Vector512<float>.Zero, a1 = Vector512<float>.Zero, a2 = Vector512<float>.Zero, a3 = Vector512<float>.Zero;
        for (int k = 0; k < inputs.Length; k++)
        {
            ref float row = ref Unsafe.Add(ref first, (nint)(uint)inputs[k] * Lanes.Panel);
            a0 += Vector512.LoadUnsafe(ref row);
            a1 += Vector512.LoadUnsafe(ref row, 16);
            a2 += Vector512.LoadUnsafe(ref row, 32);
            a3 += Vector512.LoadUnsafe(ref row, 48);
        }
        a0.StoreUnsafe(ref target);
        a1.StoreUnsafe(ref target, 16);
        a2.StoreUnsafe(ref target, 32);
        a3.StoreUnsafe(ref target, 48);
    }
}
