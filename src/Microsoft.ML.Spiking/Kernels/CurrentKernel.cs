using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking;

/// <summary>Input currents of the 64 neurons of a panel. The order of addition is that of the inputs, on every machine.</summary>
internal static class CurrentKernel
{
    /// <summary>Event-driven: each spike adds its row of weights, and what is silent costs nothing.</summary>
    /// <param name="train">The spikes.</param>
    /// <param name="weights">The panel's weights, [input, lane].</param>
    /// <param name="currents">Receives [step, lane].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OfSpikes(SpikeTrain train, ReadOnlySpan<float> weights, Span<float> currents)
    {
        ref float first = ref MemoryMarshal.GetReference(weights);
        for (int step = 0; step < train.Steps; step++)
        {
            Vector512<float> a0 = Vector512<float>.Zero, a1 = Vector512<float>.Zero, a2 = Vector512<float>.Zero, a3 = Vector512<float>.Zero;
            ReadOnlySpan<int> inputs = train[step];
            for (int k = 0; k < inputs.Length; k++)
            {
                ref float row = ref Unsafe.Add(ref first, (nint)(uint)inputs[k] * Lanes.Panel);
                a0 += Vector512.LoadUnsafe(ref row);
                a1 += Vector512.LoadUnsafe(ref row, 16);
                a2 += Vector512.LoadUnsafe(ref row, 32);
                a3 += Vector512.LoadUnsafe(ref row, 48);
            }
            Store(a0, a1, a2, a3, currents[(step * Lanes.Panel)..]);
        }
    }

    /// <summary>Σ value · row of weights, for input that is the same in every step.</summary>
    /// <param name="inputs">The inputs that are not 0.</param>
    /// <param name="values">Their values.</param>
    /// <param name="weights">The panel's weights, [input, lane].</param>
    /// <param name="current">Receives [lane].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OfConstant(ReadOnlySpan<int> inputs, ReadOnlySpan<float> values, ReadOnlySpan<float> weights, Span<float> current)
    {
        ref float first = ref MemoryMarshal.GetReference(weights);
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
        Store(a0, a1, a2, a3, current);
    }

    private static void Store(Vector512<float> a0, Vector512<float> a1, Vector512<float> a2, Vector512<float> a3, Span<float> target)
    {
        a0.CopyTo(target);
        a1.CopyTo(target[16..]);
        a2.CopyTo(target[32..]);
        a3.CopyTo(target[48..]);
    }
}
