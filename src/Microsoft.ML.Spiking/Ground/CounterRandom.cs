using System.Runtime.CompilerServices;

namespace Microsoft.ML.Spiking.Ground;

/// <summary>Random numbers by address: each is a pure function of a key and a counter, so it is the same on any thread, in any order.</summary>
/// <remarks>The finaliser of SplitMix64 (Steele, Lea and Flood 2014) over a Weyl sequence.</remarks>
internal readonly record struct CounterRandom(ulong Key)
{
    public static CounterRandom FromSeed(int seed) => new(Mix((uint)seed + 0x9E3779B97F4A7C15));

    /// <summary>An independent source for a part of the work: a step, a sample, a layer.</summary>
    public CounterRandom For(ulong part) => new(Mix(Key ^ Mix(part + 0x632BE59BD9B4E019)));

    /// <summary>An independent source for a row, by its values alone: a row is the same row wherever it comes from.</summary>
    public CounterRandom For(ReadOnlySpan<float> values) => For(default(CounterRandom).With(values, first: 0).Key);

    /// <summary>The hash of a row's values so far, of which there is none in the key 0, with more of them.</summary>
    /// <param name="values">The next values.</param>
    /// <param name="first">How many there were.</param>
    public CounterRandom With(ReadOnlySpan<float> values, int first)
    {
        CounterRandom hash = this;
        for (int i = 0; i < values.Length; i++)
            if (values[i] != 0) hash = hash.For((ulong)(first + i) << 32 | BitConverter.SingleToUInt32Bits(values[i]));
        return hash;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Bits(ulong counter) => Mix(Key + counter * 0x9E3779B97F4A7C15);

    /// <summary>Uniform in [0, 2³²): to be compared with a probability times 2³².</summary>
    public ulong Draw(ulong counter) => Bits(counter) >> 32;

    /// <summary>Uniform in [0, 1).</summary>
    public double Uniform(ulong counter) => (Bits(counter) >> 11) * (1.0 / (1UL << 53));

    /// <summary>Standard normal (Box and Muller 1958).</summary>
    public double Normal(ulong counter)
        => Math.Sqrt(-2 * Math.Log(1 - Uniform(2 * counter))) * Math.Cos(2 * Math.PI * Uniform(2 * counter + 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
