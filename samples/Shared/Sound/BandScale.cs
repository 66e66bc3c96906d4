namespace Microsoft.ML.Spiking.Samples.Sound;

/// <summary>What makes loudness comparable from one recording to the next: each band less what it is on average, in a range of its own.</summary>
/// <remarks>
/// Of a whole recording the average is that of all its steps, and what is 8 nats below the loudest is silence. A listener who does not know what comes does
/// the same with what he has heard: an average that grows with the recording, and the loudest so far.
/// </remarks>
/// <param name="online">Whether nothing may be known of later steps.</param>
internal sealed class BandScale(bool online)
{
    // What lies so many nats below the loudest is 0.
    private const float Range = 8;

    // A listener's expectation before it has heard anything, and for how many steps it counts.
    private const float Expected = 0.5f, ExpectedSteps = 8, ExpectedLoudest = -1;

    private readonly float[] _sums = [.. Enumerable.Repeat(Expected * ExpectedSteps, MelBands.Count)];
    private float _loudest = ExpectedLoudest, _steps = ExpectedSteps;

    /// <summary>Scales all steps of a recording, [step][band], in place.</summary>
    public static void Apply(float[][] bands, bool online)
    {
        var scale = new BandScale(online);
        if (!online)
        {
            scale._loudest = bands.Max(step => step.Max());
            Array.Clear(scale._sums);
            foreach (float[] step in bands)
                for (int band = 0; band < step.Length; band++) scale._sums[band] += scale.Level(step[band]);
            scale._steps = bands.Length;
        }
        foreach (float[] step in bands) scale.Apply(step);
    }

    /// <summary>Scales the next step of a recording that is still coming, in place; of a whole one, any step.</summary>
    public void Apply(float[] step)
    {
        if (online)
        {
            _loudest = Math.Max(_loudest, step.Max());
            _steps++;
        }
        for (int band = 0; band < step.Length; band++)
        {
            float level = Level(step[band]);
            if (online) _sums[band] += level;
            step[band] = level - _sums[band] / _steps;
        }
    }

    private float Level(float loudness) => Math.Max(loudness - _loudest, -Range) / Range + 1;
}
