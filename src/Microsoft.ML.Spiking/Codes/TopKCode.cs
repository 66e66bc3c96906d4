using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>The inputs with the largest intensities spike in every time step, the others never; of equals, the first come first.</summary>
/// <remarks>
/// An N-of-M code (Furber et al. 2004): how many inputs spike does not depend on how bright the row is. An intensity is the feature
/// as <see cref="SpikingNetwork.Scaling"/> makes it one.
/// </remarks>
public sealed record TopKCode : SpikeCode
{
    /// <summary>Of all inputs, the fraction that may spike, rounded down to whole inputs. Default 0.1.</summary>
    public double Fraction { get; init; } = 0.1;

    /// <summary>Only inputs of a larger intensity than this spike. Default 0.</summary>
    public double MinimumIntensity { get; init; }

    internal override void Encode(Span<float> x, ReadOnlySpan<float> inputScale, CounterRandom noise, Stimulus stimulus)
    {
        LargestInputs.Choose(x, Fraction, MinimumIntensity);
        stimulus.Hold(x);
    }

    internal override void EncodeStep(Span<float> x, CounterRandom noise, SpikeTrain train)
    {
        LargestInputs.Choose(x, Fraction, MinimumIntensity);
        for (int i = 0; i < x.Length; i++)
            if (x[i] != 0) train.Add(i);
    }

    internal override void Check(string name)
    {
        Require.Fraction(Fraction, $"{name}.Fraction");
        Require.Fraction(MinimumIntensity, $"{name}.MinimumIntensity");
    }
}
