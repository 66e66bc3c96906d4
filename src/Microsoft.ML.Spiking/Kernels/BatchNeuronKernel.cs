using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>One neuron over all time steps for 128 samples: <see cref="NeuronKernels.Run"/> with samples for lanes, and the same equation.</summary>
/// <remarks>
/// Currents come in units of the weights' grid, a power of two, and so do its potentials: a power of two multiplies exactly, so the spikes are
/// equal to the bit.
/// </remarks>
internal static unsafe class BatchNeuronKernel
{
    // Properties, not fields: constants only where the compiler sees them.
    private static Vector512<byte> ByteOfLane => Vector512.Create(
        0UL, 0x0101010101010101, 0x0202020202020202, 0x0303030303030303,
        0x0404040404040404, 0x0505050505050505, 0x0606060606060606, 0x0707070707070707).AsByte();

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
    public static void Run<TNeuron, TState, TCarried>(short* currents, int stride, int steps, Lanes lanes, int lane, float scale, ulong* spikes, sbyte* counts)
        where TNeuron : struct, INeuronDynamics<TNeuron, TState, TCarried>
        where TState : unmanaged
        where TCarried : unmanaged
    {
        TNeuron neuron = TNeuron.Spread(lanes.Constants, lane, scale);
        Vector512<sbyte> sign = Vector512.Create((sbyte)lanes.Sign[lane]);
        for (int half = 0; half < 2; half++)
        {
            TState s0 = default, s1 = default, s2 = default, s3 = default;
            short* current = currents + half * 64;
            ulong* fired = spikes + half;
            sbyte* count = counts + half * 64;
            for (int step = 0; step < steps; step++, current += stride, fired += 2, count += PackedSpikes.Lanes)
            {
                ulong bits = neuron.Step(ref s0, Load(current), new KeepNothing()).ExtractMostSignificantBits()
                    | neuron.Step(ref s1, Load(current + 16), new KeepNothing()).ExtractMostSignificantBits() << 16
                    | neuron.Step(ref s2, Load(current + 32), new KeepNothing()).ExtractMostSignificantBits() << 32
                    | neuron.Step(ref s3, Load(current + 48), new KeepNothing()).ExtractMostSignificantBits() << 48;
                *fired = bits;
                // Bit b to byte b: every byte of the mask lies in its lane's quarter, then each lane looks at its own bit.
                Vector512<byte> spread = Avx512BW.Shuffle(Vector512.Create(bits).AsByte(), ByteOfLane) & BitOfLane;
                (Vector512.Load(count) + (Vector512.Equals(spread, BitOfLane).AsSByte() & sign)).Store(count);
            }
        }
    }

    /// <summary>Sixteen currents.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Load(short* current) => Avx512F.ConvertToVector512Single(Avx512F.ConvertToVector512Int32(Vector256.Load(current)));
}
