using System.Runtime.CompilerServices;
using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>Draws a batch's Poisson code straight into <see cref="PackedSpikes"/>, a register's samples at a time.</summary>
/// <remarks>
/// xoshiro256++ (Blackman and Vigna 2021), eight generators for each word of 12 inputs and 32 lanes, keyed by the batch's own source: a spike is a function
/// of seed, batch, place in the batch, step and input, whatever the threads do and however wide the registers are. It is another stream than
/// <see cref="PoissonSampler"/>'s. Probabilities are multiples of 2⁻¹⁶ (<see cref="PoissonThresholds"/>).
/// </remarks>
internal static unsafe class PoissonKernel
{
    /// <summary>Samples that share a source of seeds, and generators among them: each draws 64 bits, 16 for each of four samples.</summary>
    private const int Source = 32, Generators = 8;

    /// <param name="thresholds">Of the batch.</param>
    /// <param name="random">The batch's source.</param>
    /// <param name="spikes">Receives the spikes.</param>
    public static void Draw<TWidth, TWords>(PoissonThresholds thresholds, CounterRandom random, PackedSpikes spikes)
        where TWidth : struct, IDrawLanes<TWords>
        where TWords : unmanaged
    {
        int sources = PackedSpikes.Lanes / Source, words = spikes.Words;
        Parallel.For(0, spikes.Blocks * words, part =>
        {
            int block = part / words, word = part % words, first = word * PackedSpikes.WordInputs;
            int inputs = Math.Min(PackedSpikes.WordInputs, spikes.Inputs - first);
            ushort* below = thresholds.Block(block) + first * PackedSpikes.Lanes;
            for (int source = 0; source < sources; source++)
                Draw<TWidth, TWords>(below + source * Source, inputs, random.For((ulong)(part * sources + source)),
                    spikes.Block(block) + word * PackedSpikes.Lanes + source * Source, words * PackedSpikes.Lanes, spikes.Steps);
        });
    }

    /// <summary>One word of 32 lanes, over all steps.</summary>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Draw<TWidth, TWords>(ushort* thresholds, int inputs, CounterRandom random, ushort* spikes, int stride, int steps)
        where TWidth : struct, IDrawLanes<TWords>
        where TWords : unmanaged
    {
        // Four words of state a generator, each word of all generators in a row.
        ulong* seeds = stackalloc ulong[4 * Generators];
        for (int i = 0; i < 4 * Generators; i++) seeds[i] = random.Bits((ulong)i);
        int together = sizeof(TWords) / sizeof(ulong), samples = sizeof(TWords) / sizeof(ushort);
        for (int first = 0; first < Generators; first += together, seeds += together, thresholds += samples, spikes += samples)
        {
            TWords s0 = TWidth.Load(seeds), s1 = TWidth.Load(seeds + Generators);
            TWords s2 = TWidth.Load(seeds + 2 * Generators), s3 = TWidth.Load(seeds + 3 * Generators);
            ushort* target = spikes;
            for (int step = 0; step < steps; step++, target += stride)
            {
                TWords word = default;
                for (int input = 0; input < inputs; input++)
                {
                    TWords draw = TWidth.Add(TWidth.RotateLeft(TWidth.Add(s0, s3), 23), s0), shifted = TWidth.ShiftLeft(s1, 17);
                    s2 = TWidth.Xor(s2, s0);
                    s3 = TWidth.Xor(s3, s1);
                    s1 = TWidth.Xor(s1, s2);
                    s0 = TWidth.Xor(s0, s3);
                    s2 = TWidth.Xor(s2, shifted);
                    s3 = TWidth.RotateLeft(s3, 45);
                    word = TWidth.SetBelow(word, (ushort)(1 << input), draw, thresholds + input * PackedSpikes.Lanes);
                }
                TWidth.Store(word, target);
            }
        }
    }
}
