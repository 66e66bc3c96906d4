namespace Microsoft.ML.Spiking.Samples.Sound;

/// <summary>The same word once more, said a little otherwise: faster or slower, by another throat, with noise, and with a gap in time and in pitch.</summary>
internal sealed class Variation
{
    // Speed and frequencies by 15 %, gaps of 5 steps and bands at most.
    private const double Most = 0.15;

    private const int LongestGap = 5;

    private readonly Random _random;
    private readonly double _speed, _noise;

    public Variation(Random random)
    {
        _random = random;
        (_speed, Warp, _noise) = (Factor(), Factor(), 0.01 * Math.Pow(random.NextDouble(), 3));
    }

    /// <summary>What frequencies are multiplied by.</summary>
    public double Warp { get; }

    /// <summary>The sound at another speed, with noise.</summary>
    public float[] Sound(float[] samples)
    {
        var varied = new float[(int)(samples.Length / _speed)];
        for (int i = 0; i < varied.Length; i++)
        {
            double at = i * _speed;
            int before = Math.Min((int)at, samples.Length - 1), after = Math.Min(before + 1, samples.Length - 1);
            varied[i] = (float)(samples[before] + (at - before) * (samples[after] - samples[before]) + _noise * (2 * _random.NextDouble() - 1));
        }
        return varied;
    }

    /// <summary>Leaves a gap in time and one in pitch, [step][band].</summary>
    public void Mask(float[][] bands)
    {
        int high = _random.Next(LongestGap + 1), band = _random.Next(MelBands.Count - high);
        int wide = _random.Next(LongestGap + 1), step = _random.Next(Math.Max(1, bands.Length - wide));
        foreach (float[] all in bands) all.AsSpan(band, high).Clear();
        foreach (float[] missed in bands.Skip(step).Take(wide)) Array.Clear(missed);
    }

    private double Factor() => Math.Exp((2 * _random.NextDouble() - 1) * Most);
}
