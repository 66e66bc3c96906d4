using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>p = MaximumProbability · sigmoid(inputScale · x), where x is the feature less its mean, in deviations.</summary>
/// <remarks>The code of the reference network. inputScale has one value an input.</remarks>
public sealed record SigmoidCode : PoissonCode
{
    // Features are in units of their own.
    private const double Largest = 1e12;

    /// <summary>Upper limit of the probability of a spike in a time step, above 0 and at most 1. Default 0.5.</summary>
    public override double MaximumProbability { get; init; } = 0.5;

    /// <summary>What inputScale starts as, for every input. Default 0.5.</summary>
    public double InputScale { get; init; } = 0.5;

    /// <summary>
    /// Mean of all features; null to measure it on the training data, of all together or of each input (<see cref="SpikingNetwork.Scaling"/>). Default null.
    /// </summary>
    public double? Mean { get; init; }

    /// <summary>Standard deviation of all features; null to measure it likewise. Default null.</summary>
    public double? Deviation { get; init; }

    internal override double? InitialInputScale => InputScale;

    internal override Standardisation Standardise(FeatureStatistics measured, FeatureScaling scaling)
    {
        if (scaling == FeatureScaling.None) return Standardisation.None;
        if (scaling == FeatureScaling.PerInput && (Mean is null || Deviation is null))
            return Standardisation.Of(measured.Inputs, range => Mean ?? range.Mean, range => Deviation ?? range.Deviation);
        double deviation = Deviation ?? measured.All.Deviation;
        return new((float)(Mean ?? measured.All.Mean), deviation > 0 ? (float)deviation : 1);
    }

    internal override float Probability(float x, float inputScale) => (float)MaximumProbability / (1 + MathF.Exp(-x * inputScale));

    internal override float Slope(float x, float inputScale)
    {
        float probability = Probability(x, inputScale);
        return probability * (1 - probability / (float)MaximumProbability) * x;
    }

    internal override void Check(string name)
    {
        Require.Positive(MaximumProbability, $"{name}.{nameof(MaximumProbability)}", most: 1);
        Require.Within(InputScale, $"{name}.{nameof(InputScale)}");
        if (Mean is { } mean) Require.Within(mean, $"{name}.{nameof(Mean)}", -Largest, Largest);
        if (Deviation is { } deviation) Require.Positive(deviation, $"{name}.{nameof(Deviation)}", 1 / Largest, Largest);
    }
}
