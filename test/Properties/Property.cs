using CsCheck;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>A claim about all cases of a kind, tried on many that are drawn.</summary>
/// <remarks>
/// They are the same in every run, so that none fails by chance. <c>CsCheck_Iter</c> and <c>CsCheck_Time</c>, in seconds, try as many new ones of each kind
/// instead. A failure is made smaller and names its seed; <c>CsCheck_Seed</c> tries that one first.
/// </remarks>
internal static class Property
{
    private const ulong Seed = 2026;

    private static readonly bool s_asked = ((string[])["CsCheck_Iter", "CsCheck_Time", "CsCheck_Seed"]).Any(name => Environment.GetEnvironmentVariable(name) is { Length: > 0 });

    /// <param name="cases">Draws them.</param>
    /// <param name="claim">Throws where it does not hold.</param>
    /// <param name="times">How many are tried.</param>
    /// <param name="text">What a failure says of the case; null for its members.</param>
    public static void ForAll<T>(Gen<T> cases, Action<T> claim, int times = 100, Func<T, string>? text = null)
    {
        if (s_asked)
        {
            cases.Sample(claim, threads: 1, print: text);
            return;
        }
        for (uint i = 0; i < times; i++)
        {
            var source = new PCG(i, Seed);
            string seed = source.ToString();
            try
            {
                claim(cases.Generate(source, null, out _));
            }
            catch (Exception failure)
            {
                // Fails at its first case, and looks for smaller ones that fail too.
                cases.Sample(claim, seed: seed, time: 2, threads: 1, print: text);
                throw new InvalidOperationException($"The case of seed {seed} failed once and held when it was tried again: the claim is of more than the case.", failure);
            }
        }
    }

    /// <summary>By how much a binomial number may miss its mean: more than so much happens once in a billion times (Bernstein's inequality).</summary>
    public static double BinomialMargin(double draws, double probability)
    {
        double log = Math.Log(2e9), variance = draws * probability * (1 - probability);
        return log / 3 + Math.Sqrt(log * log / 9 + 2 * variance * log);
    }
}
