using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>
/// Direct current: each input gives <c>Gain · clamp(x, 0, 1)</c> in every time step, where x is the feature as <see cref="SpikingNetwork.Scaling"/> makes it
/// an intensity.
/// </summary>
/// <remarks>No spikes and no noise: the neurons of the columns make the first ones (Rueckauer et al. 2017).</remarks>
public sealed record DirectCode : SpikeCode
{
    /// <summary>The value of an input at full intensity, in spikes a time step. Default 0.5, the mean of <see cref="RateCode"/>.</summary>
    public double Gain { get; init; } = 0.5;

    internal override void Encode(Span<float> x, ReadOnlySpan<float> inputScale, CounterRandom noise, Stimulus stimulus)
    {
        foreach (ref float value in x) value = (float)Gain * Math.Clamp(value, 0, 1);
        stimulus.Hold(x);
    }

    internal override void EncodeStep(Span<float> x, CounterRandom noise, SpikeTrain train)
    {
        for (int i = 0; i < x.Length; i++)
            if ((float)Gain * Math.Clamp(x[i], 0, 1) is not 0 and var value) train.Add(i, value);
    }

    internal override void Check(string name) => Require.Positive(Gain, $"{name}.Gain");
}
