using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking;

/// <summary>The 64 neurons of a panel over all time steps, their state in registers throughout.</summary>
/// <remarks>
/// <see cref="LifNeuron.Step"/>, lane by lane:
/// <code>
/// synapse  ← β · synapse  + current
/// membrane ← α · membrane + synapse;  spike = membrane ≥ threshold;  membrane ← reset where it spiked
/// </code>
/// Products and sums are rounded one by one, not fused, as plain tensor operations round them: equal currents give equal spikes.
/// </remarks>
internal static class LifKernel
{
    /// <param name="currents">Input currents, [step, lane].</param>
    /// <param name="stride">Numbers from one step's currents to the next's: 64, or 0 where all steps have the same.</param>
    /// <param name="lanes">Constants of the neurons.</param>
    /// <param name="panel">Which 64 lanes.</param>
    /// <param name="spikes">Receives, for each step, the neurons that fired, as bits.</param>
    /// <param name="membranes">Receives the membranes before the reset, [step, lane], for the gradient; empty to forget them.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ReadOnlySpan<float> currents, int stride, Lanes lanes, int panel, Span<ulong> spikes, Span<float> membranes = default)
    {
        ref float current = ref MemoryMarshal.GetReference(currents);
        nuint at = (nuint)(panel * Lanes.Panel);
        ref float beta = ref lanes.SynapseDecay[0], alpha = ref lanes.MembraneDecay[0], threshold = ref lanes.Threshold[0], reset = ref lanes.Reset[0];
        Vector512<float> b0 = Vector512.LoadUnsafe(ref beta, at), b1 = Vector512.LoadUnsafe(ref beta, at + 16), b2 = Vector512.LoadUnsafe(ref beta, at + 32), b3 = Vector512.LoadUnsafe(ref beta, at + 48);
        Vector512<float> a0 = Vector512.LoadUnsafe(ref alpha, at), a1 = Vector512.LoadUnsafe(ref alpha, at + 16), a2 = Vector512.LoadUnsafe(ref alpha, at + 32), a3 = Vector512.LoadUnsafe(ref alpha, at + 48);
        Vector512<float> t0 = Vector512.LoadUnsafe(ref threshold, at), t1 = Vector512.LoadUnsafe(ref threshold, at + 16), t2 = Vector512.LoadUnsafe(ref threshold, at + 32), t3 = Vector512.LoadUnsafe(ref threshold, at + 48);
        Vector512<float> y0 = Vector512<float>.Zero, y1 = y0, y2 = y0, y3 = y0;
        Vector512<float> m0 = y0, m1 = y0, m2 = y0, m3 = y0;

        for (int step = 0; step < spikes.Length; step++)
        {
            nuint c = (nuint)(step * stride);
            y0 = b0 * y0 + Vector512.LoadUnsafe(ref current, c);
            y1 = b1 * y1 + Vector512.LoadUnsafe(ref current, c + 16);
            y2 = b2 * y2 + Vector512.LoadUnsafe(ref current, c + 32);
            y3 = b3 * y3 + Vector512.LoadUnsafe(ref current, c + 48);
            m0 = a0 * m0 + y0;
            m1 = a1 * m1 + y1;
            m2 = a2 * m2 + y2;
            m3 = a3 * m3 + y3;
            if (!membranes.IsEmpty)
            {
                ref float kept = ref Unsafe.Add(ref MemoryMarshal.GetReference(membranes), step * Lanes.Panel);
                m0.StoreUnsafe(ref kept);
                m1.StoreUnsafe(ref kept, 16);
                m2.StoreUnsafe(ref kept, 32);
                m3.StoreUnsafe(ref kept, 48);
            }
            Vector512<float> s0 = Vector512.GreaterThanOrEqual(m0, t0), s1 = Vector512.GreaterThanOrEqual(m1, t1), s2 = Vector512.GreaterThanOrEqual(m2, t2), s3 = Vector512.GreaterThanOrEqual(m3, t3);
            m0 = Vector512.ConditionalSelect(s0, Vector512.LoadUnsafe(ref reset, at), m0);
            m1 = Vector512.ConditionalSelect(s1, Vector512.LoadUnsafe(ref reset, at + 16), m1);
            m2 = Vector512.ConditionalSelect(s2, Vector512.LoadUnsafe(ref reset, at + 32), m2);
            m3 = Vector512.ConditionalSelect(s3, Vector512.LoadUnsafe(ref reset, at + 48), m3);
            spikes[step] = s0.ExtractMostSignificantBits() | s1.ExtractMostSignificantBits() << 16
                | s2.ExtractMostSignificantBits() << 32 | s3.ExtractMostSignificantBits() << 48;
        }
    }
}
