using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary><see cref="AccumulateKernel"/> with samples for lanes: sums over time of the modulated spikes, and the gradient of those sums.</summary>
internal static unsafe class BatchAccumulateKernel
{
    // A property, not a field: constants only where the compiler sees them.
    private static Vector512<int> Bits => Vector512.Create(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768);

    /// <summary>accumulated[b] = sign · Σ over t of spike[t, b] · gain[t, b], for one neuron and 128 samples.</summary>
    /// <param name="spikes">The neuron's, as bits, [step, 128 samples].</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="gains">Its column's, [step, sample].</param>
    /// <param name="sign">+1 or -1.</param>
    /// <param name="accumulated">Receives [sample].</param>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(ulong* spikes, int steps, float* gains, float sign, float* accumulated)
    {
        for (int half = 0; half < 2; half++, accumulated += 64)
        {
            Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default;
            ushort* fired = (ushort*)(spikes + half);
            float* gain = gains + half * 64;
            for (int step = 0; step < steps; step++, fired += 8, gain += PackedSpikes.Lanes)
            {
                a0 = Vector512.ConditionalSelect(Fired(fired[0]), a0 + Vector512.Load(gain), a0);
                a1 = Vector512.ConditionalSelect(Fired(fired[1]), a1 + Vector512.Load(gain + 16), a1);
                a2 = Vector512.ConditionalSelect(Fired(fired[2]), a2 + Vector512.Load(gain + 32), a2);
                a3 = Vector512.ConditionalSelect(Fired(fired[3]), a3 + Vector512.Load(gain + 48), a3);
            }
            (a0 * sign).Store(accumulated);
            (a1 * sign).Store(accumulated + 16);
            (a2 * sign).Store(accumulated + 32);
            (a3 * sign).Store(accumulated + 48);
        }
    }

    /// <summary>∂loss/∂gain[t, b] += sign · spike[t, b] · ∂loss/∂accumulated[b], for one neuron and 128 samples.</summary>
    /// <param name="spikes">The neuron's, as bits, [step, 128 samples].</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="accumulated">∂loss/∂accumulated, [sample].</param>
    /// <param name="sign">+1 or -1.</param>
    /// <param name="gains">∂loss/∂gain of its column, [step, sample]; is added to.</param>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(ulong* spikes, int steps, float* accumulated, float sign, float* gains)
    {
        for (int half = 0; half < 2; half++, accumulated += 64)
        {
            Vector512<float> g0 = Vector512.Load(accumulated) * sign, g1 = Vector512.Load(accumulated + 16) * sign;
            Vector512<float> g2 = Vector512.Load(accumulated + 32) * sign, g3 = Vector512.Load(accumulated + 48) * sign;
            ushort* fired = (ushort*)(spikes + half);
            float* gain = gains + half * 64;
            for (int step = 0; step < steps; step++, fired += 8, gain += PackedSpikes.Lanes)
            {
                Vector512<float> o0 = Vector512.Load(gain), o1 = Vector512.Load(gain + 16), o2 = Vector512.Load(gain + 32), o3 = Vector512.Load(gain + 48);
                Vector512.ConditionalSelect(Fired(fired[0]), o0 + g0, o0).Store(gain);
                Vector512.ConditionalSelect(Fired(fired[1]), o1 + g1, o1).Store(gain + 16);
                Vector512.ConditionalSelect(Fired(fired[2]), o2 + g2, o2).Store(gain + 32);
                Vector512.ConditionalSelect(Fired(fired[3]), o3 + g3, o3).Store(gain + 48);
            }
        }
    }

    /// <summary>All bits set in the lanes whose bit is set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Fired(ushort spikes) => Vector512.Equals(Vector512.Create((int)spikes) & Bits, Bits).AsSingle();
}
