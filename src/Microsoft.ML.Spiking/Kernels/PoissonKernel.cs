using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>Draws a batch's Poisson code straight into <see cref="PackedSpikes"/>, 32 samples at a time.</summary>
/// <remarks>
/// xoshiro256++ (Blackman and Vigna 2021), one generator for each word of 12 inputs and 32 lanes, keyed by the batch's own source: a spike is a function of
/// seed, batch, place in the batch, step and input, whatever the threads do. It is another stream than <see cref="PoissonSampler"/>'s. Probabilities are
/// multiples of 2⁻¹⁶ (<see cref="PoissonThresholds"/>).
/// </remarks>
internal static unsafe class PoissonKernel
{
    private const int Vector = 32;

    /// <param name="thresholds">Of the batch.</param>
    /// <param name="random">The batch's source.</param>
    /// <param name="spikes">Receives the spikes.</param>
    public static void Draw(PoissonThresholds thresholds, CounterRandom random, PackedSpikes spikes)
    {
        int vectors = PackedSpikes.Lanes / Vector, steps = spikes.Steps, words = spikes.Words;
        Parallel.For(0, spikes.Blocks * words, part =>
        {
            int block = part / words, word = part % words, first = word * PackedSpikes.WordInputs;
            ushort* below = thresholds.Block(block) + first * PackedSpikes.Lanes;
            for (int vector = 0; vector < vectors; vector++)
                Draw(below + vector * Vector, Math.Min(PackedSpikes.WordInputs, spikes.Inputs - first), random.For((ulong)(part * vectors + vector)),
                    spikes.Block(block) + word * PackedSpikes.Lanes + vector * Vector, words * PackedSpikes.Lanes, steps);
        });
    }

    /// <summary>One word of 32 lanes, over all steps.</summary>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Draw(ushort* thresholds, int inputs, CounterRandom random, ushort* spikes, int stride, int steps)
    {
        ulong* seeds = stackalloc ulong[32];
        for (int i = 0; i < 32; i++) seeds[i] = random.Bits((ulong)i);
        Vector512<ulong> s0 = Vector512.Load(seeds), s1 = Vector512.Load(seeds + 8), s2 = Vector512.Load(seeds + 16), s3 = Vector512.Load(seeds + 24);
        for (int step = 0; step < steps; step++, spikes += stride)
        {
            Vector512<ushort> word = default;
            for (int input = 0; input < inputs; input++)
            {
                Vector512<ulong> draw = Avx512F.RotateLeft(s0 + s3, 23) + s0, shifted = s1 << 17;
                s2 ^= s0;
                s3 ^= s1;
                s1 ^= s2;
                s0 ^= s3;
                s2 ^= shifted;
                s3 = Avx512F.RotateLeft(s3, 45);
                Vector512<ushort> below = Vector512.LessThan(Vector512.Min(draw.AsUInt16(), Vector512.Create((ushort)65534)),
                    Vector512.Load(thresholds + input * PackedSpikes.Lanes));
                word |= below & Vector512.Create((ushort)(1 << input));
            }
            word.Store(spikes);
        }
    }
}
