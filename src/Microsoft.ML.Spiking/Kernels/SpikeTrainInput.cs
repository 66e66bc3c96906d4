using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking;

/// <summary>Event-driven input: each spike adds its row of weights. The order of addition is that of the inputs, on every machine.</summary>
internal readonly ref struct SpikeTrainInput(SpikeTrain train, ReadOnlySpan<float> weights) : IPanelInput
{
    private readonly ref float _weights = ref MemoryMarshal.GetReference(weights);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Current(int step, out Vector512<float> c0, out Vector512<float> c1, out Vector512<float> c2, out Vector512<float> c3)
    {
        Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default;
        foreach (int input in train[step])
        {
            ref float row = ref Unsafe.Add(ref _weights, (nint)input * Lanes.Panel);
            a0 += Vector512.LoadUnsafe(ref row);
            a1 += Vector512.LoadUnsafe(ref row, 16);
            a2 += Vector512.LoadUnsafe(ref row, 32);
            a3 += Vector512.LoadUnsafe(ref row, 48);
        }
        (c0, c1, c2, c3) = (a0, a1, a2, a3);
    }
}
