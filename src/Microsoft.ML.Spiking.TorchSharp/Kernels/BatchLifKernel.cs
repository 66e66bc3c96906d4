using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Microsoft.ML.Spiking;

/// <summary>One neuron over all time steps for 128 samples: <see cref="LifKernel"/> with samples for lanes, rounding as it does.</summary>
/// <remarks>
/// Currents come in units of the weights' grid, a power of two, and so do threshold and reset: a power of two multiplies exactly, so the spikes are
/// equal to the bit.
/// </remarks>
internal static unsafe class BatchLifKernel
{
    // Properties, not fields: constants only where the compiler sees them.
    private static Vector512<byte> ByteOfLane => Vector512.Create(
        0UL, 0x0101010101010101, 0x0202020202020202, 0x0303030303030303, 0x0404040404040404, 0x0505050505050505, 0x0606060606060606, 0x0707070707070707).AsByte();

    private static Vector512<byte> BitOfLane => Vector512.Create(0x8040201008040201UL).AsByte();

    /// <param name="currents">Input currents in whole units, [step, sample].</param>
    /// <param name="stride">Numbers from one step's currents to the next's.</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="lanes">Constants of the neurons.</param>
    /// <param name="lane">Which neuron.</param>
    /// <param name="scale">Units in a current of 1.</param>
    /// <param name="spikes">Receives the samples in which it fired, as bits, [step, 128 samples].</param>
    /// <param name="counts">Are added to, or taken from, as the neuron's sign is, [step, sample].</param>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(short* currents, int stride, int steps, Lanes lanes, int lane, float scale, ulong* spikes, sbyte* counts)
    {
        Vector512<float> beta = Vector512.Create(lanes.SynapseDecay[lane]), alpha = Vector512.Create(lanes.MembraneDecay[lane]);
        Vector512<float> threshold = Vector512.Create(lanes.Threshold[lane] * scale), reset = Vector512.Create(lanes.Reset[lane] * scale);
        Vector512<sbyte> sign = Vector512.Create((sbyte)lanes.Sign[lane]);
        for (int half = 0; half < 2; half++)
        {
            Vector512<float> y0 = default, y1 = default, y2 = default, y3 = default, m0 = default, m1 = default, m2 = default, m3 = default;
            short* current = currents + half * 64;
            ulong* fired = spikes + half;
            sbyte* count = counts + half * 64;
            for (int step = 0; step < steps; step++, current += stride, fired += 2, count += PackedSpikes.Lanes)
            {
                y0 = beta * y0 + Avx512F.ConvertToVector512Single(Avx512F.ConvertToVector512Int32(Vector256.Load(current)));
                y1 = beta * y1 + Avx512F.ConvertToVector512Single(Avx512F.ConvertToVector512Int32(Vector256.Load(current + 16)));
                y2 = beta * y2 + Avx512F.ConvertToVector512Single(Avx512F.ConvertToVector512Int32(Vector256.Load(current + 32)));
                y3 = beta * y3 + Avx512F.ConvertToVector512Single(Avx512F.ConvertToVector512Int32(Vector256.Load(current + 48)));
                m0 = alpha * m0 + y0;
                m1 = alpha * m1 + y1;
                m2 = alpha * m2 + y2;
                m3 = alpha * m3 + y3;
                Vector512<float> s0 = Vector512.GreaterThanOrEqual(m0, threshold), s1 = Vector512.GreaterThanOrEqual(m1, threshold);
                Vector512<float> s2 = Vector512.GreaterThanOrEqual(m2, threshold), s3 = Vector512.GreaterThanOrEqual(m3, threshold);
                m0 = Vector512.ConditionalSelect(s0, reset, m0);
                m1 = Vector512.ConditionalSelect(s1, reset, m1);
                m2 = Vector512.ConditionalSelect(s2, reset, m2);
                m3 = Vector512.ConditionalSelect(s3, reset, m3);
                ulong bits = s0.ExtractMostSignificantBits() | s1.ExtractMostSignificantBits() << 16 | s2.ExtractMostSignificantBits() << 32 | s3.ExtractMostSignificantBits() << 48;
                *fired = bits;
                // Bit b to byte b: every byte of the mask lies in its lane's quarter, then each lane looks at its own bit.
                Vector512<byte> spread = Avx512BW.Shuffle(Vector512.Create(bits).AsByte(), ByteOfLane) & BitOfLane;
                (Vector512.Load(count) + (Vector512.Equals(spread, BitOfLane).AsSByte() & sign)).Store(count);
            }
        }
    }
}
