using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking;

/// <summary>The same current in every step: the product with the weights is needed once, not once a step.</summary>
internal readonly struct ConstantInput : IPanelInput
{
    private readonly Vector512<float> _c0, _c1, _c2, _c3;

    /// <summary>Σ value · row of weights, over the inputs whose value is not 0, in their order.</summary>
    public ConstantInput(ReadOnlySpan<int> inputs, ReadOnlySpan<float> values, ReadOnlySpan<float> weights)
    {
        ref float first = ref MemoryMarshal.GetReference(weights);
        Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default;
        for (int k = 0; k < inputs.Length; k++)
        {
            ref float row = ref Unsafe.Add(ref first, (nint)inputs[k] * Lanes.Panel);
            Vector512<float> value = Vector512.Create(values[k]);
            a0 += value * Vector512.LoadUnsafe(ref row);
            a1 += value * Vector512.LoadUnsafe(ref row, 16);
            a2 += value * Vector512.LoadUnsafe(ref row, 32);
            a3 += value * Vector512.LoadUnsafe(ref row, 48);
        }
        (_c0, _c1, _c2, _c3) = (a0, a1, a2, a3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Current(int step, out Vector512<float> c0, out Vector512<float> c1, out Vector512<float> c2, out Vector512<float> c3)
        => (c0, c1, c2, c3) = (_c0, _c1, _c2, _c3);
}
