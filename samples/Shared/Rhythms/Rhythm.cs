namespace Microsoft.ML.Spiking.Samples.Rhythms;

/// <summary>A class of recordings: two groups of inputs, A and B, repeat the same beats, the one group some steps behind the other.</summary>
/// <remarks>
/// In every class every input spikes six times, and at each moment with the same probability, since a recording starts anywhere in the cycle. Neither how
/// often an input fires nor when tells the class: only what comes before what, and how long before.
/// </remarks>
/// <param name="Leader">The group that fires first.</param>
/// <param name="Delay">Steps from the leader's beats to the other group's.</param>
/// <param name="Pace">How the beats lie in the cycle.</param>
internal sealed record Rhythm(Leader Leader, int Delay, Pace Pace)
{
    public const int GroupSize = 6;
    public const int Inputs = 2 * GroupSize;

    /// <summary>Spikes of each input in each recording.</summary>
    public const int Spikes = 6;

    /// <summary>Steps of a recording.</summary>
    public const int Steps = 2 * Cycle;

    private const int Cycle = 48;

    /// <summary>All eight.</summary>
    /// <remarks>Regular beats are 16 steps apart: to lead by 2 or 6 is to follow by 14 or 10, all of them at least 4 steps from each other.</remarks>
    public static IReadOnlyList<Rhythm> All { get; } =
        [.. from pace in Enum.GetValues<Pace>() from leader in Enum.GetValues<Leader>() from delay in (int[])[2, 6] select new Rhythm(leader, delay, pace)];

    public string Name => $"{Leader} leads by {Delay}, {(Pace == Pace.Regular ? "regular" : "bursts")}";

    public static Rhythm Named(string name) => All.Single(rhythm => rhythm.Name == name);

    /// <summary>A recording, [time, input]: it starts anywhere in the cycle, and each spike may come a step late.</summary>
    public bool[] Play(Random random)
    {
        // In steps from the start of a cycle.
        int[] beats = Pace == Pace.Regular ? [0, 16, 32] : [0, 2, 4];
        int phase = random.Next(Cycle);
        var spikes = new bool[Steps * Inputs];
        for (int input = 0; input < Inputs; input++)
        {
            int lag = input / GroupSize == (int)Leader ? 0 : Delay;
            for (int cycle = 0; cycle < Steps; cycle += Cycle)
                foreach (int beat in beats)
                    spikes[(phase + lag + cycle + beat + random.Next(2)) % Steps * Inputs + input] = true;
        }
        return spikes;
    }
}
