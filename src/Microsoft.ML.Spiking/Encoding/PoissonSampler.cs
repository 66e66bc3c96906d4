namespace Microsoft.ML.Spiking;

/// <summary>Draws spike trains: in each step each input fires with its probability, independently of all else.</summary>
/// <remarks>A draw is a function of the random source, the step and the input, so inputs that cannot fire cost nothing and change nothing.</remarks>
internal static class PoissonSampler
{
    /// <summary>Draws all steps of a train.</summary>
    /// <param name="probabilities">One an input, 0 to 1.</param>
    /// <param name="random">The sample's own source.</param>
    /// <param name="train">Is overwritten.</param>
    public static void Draw(ReadOnlySpan<float> probabilities, CounterRandom random, SpikeTrain train)
    {
        Span<int> inputs = new int[probabilities.Length];
        Span<ulong> thresholds = new ulong[probabilities.Length];
        int active = 0;
        for (int i = 0; i < probabilities.Length; i++)
        {
            ulong threshold = (ulong)((double)probabilities[i] * (1UL << 32));
            if (threshold == 0) continue;
            (inputs[active], thresholds[active]) = (i, threshold);
            active++;
        }

        train.Clear();
        for (int step = 0; step < train.Steps; step++)
        {
            ulong first = (ulong)step * (ulong)probabilities.Length;
            for (int k = 0; k < active; k++)
                if (random.Draw(first + (ulong)inputs[k]) < thresholds[k]) train.Add(inputs[k]);
            train.NextStep();
        }
    }
}
