using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>
/// Time to first spike: an input spikes once, in step <c>round((T - 1) · (1 - x))</c> of T, the brighter the earlier, where x is the feature as
/// <see cref="SpikingNetwork.Scaling"/> makes it an intensity, clamped to 0 … 1.
/// </summary>
/// <remarks>
/// Thorpe, Delorme and Van Rullen 2001. Halves are rounded to the even step. One spike an input is little for a column to fire on: larger
/// <see cref="ColumnLayer.ExcitatoryGain"/> and <see cref="ColumnLayer.InhibitoryGain"/> than the default suit it.
/// </remarks>
public sealed record LatencyCode : SpikeCode
{
    /// <summary>Only inputs of a larger x than this spike. Default 0.</summary>
    public double MinimumIntensity { get; init; }

    internal override void Encode(Span<float> x, ReadOnlySpan<float> inputScale, CounterRandom noise, Stimulus stimulus)
    {
        foreach (ref float value in x)
            value = value > (float)MinimumIntensity ? MathF.Round((stimulus.Steps - 1) * (1 - Math.Clamp(value, 0, 1))) : -1;

        SpikeTrain train = stimulus.Fire();
        for (int step = 0; step < train.Steps; step++)
        {
            for (int i = 0; i < x.Length; i++)
                if (x[i] == step) train.Add(i);
            train.NextStep();
        }
    }

    internal override void Check(string name) => Require.Fraction(MinimumIntensity, $"{name}.MinimumIntensity");
}
