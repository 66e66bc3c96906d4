using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Samples.Ablations;

/// <summary>Two bursts of spikes, one on the first four inputs and one on the last four, a long gap apart: which came first?</summary>
/// <remarks>When the first comes is drawn, and so is the gap, so that no moment tells; the counts of all inputs are the same in both classes.</remarks>
internal sealed class OrderRecording
{
    public const int Steps = 60, Inputs = 8;

    private const int Burst = 4;

    [VectorType(Steps, Inputs)]
    public bool[] Features { get; set; } = [];

    public string Class { get; set; } = "";

    /// <param name="count">Recordings, of the classes in turn.</param>
    /// <param name="seed">What they are drawn from.</param>
    /// <param name="shortest">The shortest gap, in steps.</param>
    /// <param name="longest">The longest.</param>
    public static OrderRecording[] Make(int count, int seed, int shortest, int longest)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(row => Make(random, row % 2, random.Next(shortest, longest + 1)))];
    }

    private static OrderRecording Make(Random random, int first, int gap)
    {
        bool[] spikes = [.. Enumerable.Range(0, Steps * Inputs).Select(_ => random.NextDouble() < 0.01)];
        int start = random.Next(0, Steps - gap - 2 * Burst + 1);
        foreach (var (at, group) in ((int, int)[])[(start, first), (start + Burst + gap, 1 - first)])
            for (int step = at; step < at + Burst; step++)
                for (int input = 0; input < Inputs / 2; input++)
                    if (random.NextDouble() < 0.6) spikes[step * Inputs + group * (Inputs / 2) + input] = true;
        return new OrderRecording { Features = spikes, Class = first == 0 ? "left first" : "right first" };
    }
}
