using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Engines;

/// <summary>Which hidden units a step of training leaves out: a function of seed, step and unit alone, the same on every engine and device.</summary>
internal static class DropoutNoise
{
    private const int Source = 4;

    /// <summary>Bits of a number that is drawn.</summary>
    public const int Bits = 24;

    /// <summary>The source of a step's numbers.</summary>
    public static CounterRandom Of(int seed, int step) => CounterRandom.FromSeed(seed).For(Source).For((ulong)step);

    /// <summary>The least number that a unit is kept by, of 2²⁴.</summary>
    public static ulong Least(double dropout) => (ulong)Math.Ceiling(dropout * (1 << Bits));

    /// <summary>Whether a unit is kept.</summary>
    /// <param name="noise">The step's.</param>
    /// <param name="unit">Which of [sample, unit].</param>
    /// <param name="least">Of <see cref="Least"/>.</param>
    public static bool Keeps(CounterRandom noise, int unit, ulong least) => noise.Bits((ulong)unit) >> 64 - Bits >= least;
}
