using System.Runtime.CompilerServices;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary><see cref="AccumulateKernel"/> with samples for lanes: sums over time of the modulated spikes, and the gradient of those sums.</summary>
internal static unsafe class BatchAccumulateKernel
{
    /// <summary>accumulated[b] = sign · Σ over t of spike[t, b] · gain[t, b], for one neuron and 128 samples.</summary>
    /// <param name="spikes">The neuron's, as bits, [step, 128 samples].</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="gains">Its column's, [step, sample].</param>
    /// <param name="sign">+1 or -1.</param>
    /// <param name="accumulated">Receives [sample].</param>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward<TWidth, TFloats>(ulong* spikes, int steps, float* gains, float sign, float* accumulated)
        where TWidth : struct, IFloatLanes<TFloats>
        where TFloats : unmanaged
    {
        int floats = sizeof(TFloats) / sizeof(float);
        TFloats signs = TWidth.Spread(sign);
        for (int first = 0; first < PackedSpikes.Lanes; first += 4 * floats, accumulated += 4 * floats)
        {
            TFloats a0 = default, a1 = default, a2 = default, a3 = default;
            byte* fired = (byte*)spikes + first / 8;
            float* gain = gains + first;
            for (int step = 0; step < steps; step++, fired += PackedSpikes.Lanes / 8, gain += PackedSpikes.Lanes)
            {
                ulong bits = Fired(fired, floats);
                a0 = TWidth.AddWhere((uint)bits, a0, TWidth.Load(gain));
                a1 = TWidth.AddWhere((uint)(bits >> floats), a1, TWidth.Load(gain + floats));
                a2 = TWidth.AddWhere((uint)(bits >> 2 * floats), a2, TWidth.Load(gain + 2 * floats));
                a3 = TWidth.AddWhere((uint)(bits >> 3 * floats), a3, TWidth.Load(gain + 3 * floats));
            }
            TWidth.Store(TWidth.Multiply(a0, signs), accumulated);
            TWidth.Store(TWidth.Multiply(a1, signs), accumulated + floats);
            TWidth.Store(TWidth.Multiply(a2, signs), accumulated + 2 * floats);
            TWidth.Store(TWidth.Multiply(a3, signs), accumulated + 3 * floats);
        }
    }

    /// <summary>∂loss/∂gain[t, b] += sign · spike[t, b] · ∂loss/∂accumulated[b], for one neuron and 128 samples.</summary>
    /// <param name="spikes">The neuron's, as bits, [step, 128 samples].</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="accumulated">∂loss/∂accumulated, [sample].</param>
    /// <param name="sign">+1 or -1.</param>
    /// <param name="gains">∂loss/∂gain of its column, [step, sample]; is added to.</param>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward<TWidth, TFloats>(ulong* spikes, int steps, float* accumulated, float sign, float* gains)
        where TWidth : struct, IFloatLanes<TFloats>
        where TFloats : unmanaged
    {
        int floats = sizeof(TFloats) / sizeof(float);
        TFloats signs = TWidth.Spread(sign);
        for (int first = 0; first < PackedSpikes.Lanes; first += 4 * floats, accumulated += 4 * floats)
        {
            TFloats g0 = TWidth.Multiply(TWidth.Load(accumulated), signs), g1 = TWidth.Multiply(TWidth.Load(accumulated + floats), signs);
            TFloats g2 = TWidth.Multiply(TWidth.Load(accumulated + 2 * floats), signs), g3 = TWidth.Multiply(TWidth.Load(accumulated + 3 * floats), signs);
            byte* fired = (byte*)spikes + first / 8;
            float* gain = gains + first;
            for (int step = 0; step < steps; step++, fired += PackedSpikes.Lanes / 8, gain += PackedSpikes.Lanes)
            {
                ulong bits = Fired(fired, floats);
                TWidth.Store(TWidth.AddWhere((uint)bits, TWidth.Load(gain), g0), gain);
                TWidth.Store(TWidth.AddWhere((uint)(bits >> floats), TWidth.Load(gain + floats), g1), gain + floats);
                TWidth.Store(TWidth.AddWhere((uint)(bits >> 2 * floats), TWidth.Load(gain + 2 * floats), g2), gain + 2 * floats);
                TWidth.Store(TWidth.AddWhere((uint)(bits >> 3 * floats), TWidth.Load(gain + 3 * floats), g3), gain + 3 * floats);
            }
        }
    }

    /// <summary>The bits of four registers of samples.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fired(byte* spikes, int floats) => floats == 16 ? *(ulong*)spikes : floats == 8 ? *(uint*)spikes : *(ushort*)spikes;
}
