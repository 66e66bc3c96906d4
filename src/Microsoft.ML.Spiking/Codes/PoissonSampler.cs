using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Codes;

/// <summary>Draws spike trains: in each step each input fires with its probability, independently of all else.</summary>
/// <remarks>
/// A draw is a function of the random source, the step and the input, so inputs that cannot fire cost nothing and change nothing.
/// 64 steps of an input are drawn at once: <c>spike = u &lt; p</c> is decided bit by bit from the highest, each random word bringing one bit of
/// the 64 numbers u, until they all differ from p; that takes about 7 words instead of 64.
/// </remarks>
internal static class PoissonSampler
{
    private const int Word = 64, BitsOfProbability = 32;

    /// <summary>Draws all steps of a train.</summary>
    /// <param name="probabilities">One an input, 0 to 1.</param>
    /// <param name="random">The sample's own source.</param>
    /// <param name="train">Is overwritten.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Draw(ReadOnlySpan<float> probabilities, CounterRandom random, SpikeTrain train)
    {
        int[] inputs = ArrayPool<int>.Shared.Rent(probabilities.Length);
        ulong[] words = ArrayPool<ulong>.Shared.Rent(probabilities.Length + Word - 1);
        int active = 0;
        for (int i = 0; i < probabilities.Length; i++)
            if (Threshold(probabilities[i]) != 0) inputs[active++] = i;

        train.Clear();
        int blocks = (active + Word - 1) / Word;
        for (int first = 0; first < train.Steps; first += Word)
        {
            int steps = Math.Min(Word, train.Steps - first);
            words.AsSpan(active, blocks * Word - active).Clear();
            for (int k = 0; k < active; k++)
            {
                ulong address = (ulong)first / Word * (ulong)probabilities.Length + (ulong)inputs[k];
                words[k] = Spikes(random, address * BitsOfProbability, Threshold(probabilities[inputs[k]]), ulong.MaxValue >> Word - steps);
            }
            for (int block = 0; block < blocks; block++) Transpose(words.AsSpan(block * Word, Word));
            for (int step = 0; step < steps; step++) Add(words, step, inputs.AsSpan(0, active), train);
        }
        ArrayPool<ulong>.Shared.Return(words);
        ArrayPool<int>.Shared.Return(inputs);
    }

    private static ulong Threshold(float probability) => (ulong)((double)probability * (1UL << BitsOfProbability));

    /// <summary>The steps of 64 in which an input fires, as bits.</summary>
    /// <param name="random">The sample's own source.</param>
    /// <param name="word">Address of the first random word.</param>
    /// <param name="threshold">Probability times 2³².</param>
    /// <param name="undecided">The steps to draw, as bits.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong Spikes(CounterRandom random, ulong word, ulong threshold, ulong undecided)
    {
        if (threshold >> BitsOfProbability != 0) return undecided;
        ulong spikes = 0;
        // Where no bit of p is left, u is not smaller.
        for (uint p = (uint)threshold; p != 0 && undecided != 0; p <<= 1)
        {
            ulong bit = (ulong)((int)p >> 31);
            ulong decided = undecided & (random.Bits(word++) ^ bit);
            spikes |= decided & bit;
            undecided ^= decided;
        }
        return spikes;
    }

    /// <summary>Bit c of row r becomes bit r of row c (Warren, Hacker's Delight, 7-3).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose(Span<ulong> rows)
    {
        rows = rows[..Word];
        ulong low = uint.MaxValue;
        for (int j = Word / 2; j != 0; j >>= 1, low ^= low << j)
        {
            for (int k = 0; k < Word; k = (k | j) + 1 & ~j)
            {
                ulong swapped = (rows[k] >> j ^ rows[k | j]) & low;
                rows[k] ^= swapped << j;
                rows[k | j] ^= swapped;
            }
        }
    }

    /// <summary>Adds the spikes of a step, of which each block of 64 active inputs has a word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(ulong[] words, int step, ReadOnlySpan<int> inputs, SpikeTrain train)
    {
        Span<int> room = train.Room(inputs.Length);
        int count = 0;
        for (int first = 0; first < inputs.Length; first += Word)
            for (ulong fired = words[first + step]; fired != 0; fired &= fired - 1)
                room[count++] = inputs[first + BitOperations.TrailingZeroCount(fired)];
        train.Take(count);
        train.NextStep();
    }
}
