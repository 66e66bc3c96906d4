using System.Text.Json.Serialization;

namespace Microsoft.ML.Spiking;

/// <summary>How an intensity becomes the probability that an input spikes in a time step (Poisson, strictly Bernoulli, rate code).</summary>
/// <remarks>A closed family, since it is stored in models: <see cref="IntensityCode"/> and <see cref="SigmoidCode"/>.</remarks>
[JsonDerivedType(typeof(IntensityCode), "intensity")]
[JsonDerivedType(typeof(SigmoidCode), "sigmoid")]
public abstract record SpikeCode
{
    private protected SpikeCode() { }

    /// <summary>Largest probability of a spike in a time step.</summary>
    public abstract double MaximumProbability { get; init; }

    /// <summary>What is taken off the features and what they are divided by before they are encoded.</summary>
    internal abstract Standardisation Standardise(FeatureStatistics measured);

    /// <summary>The initial scale of each input; null where the code has none.</summary>
    internal abstract double? InitialInputScale { get; }

    /// <summary>Probability of a spike in a time step, for a standardised feature.</summary>
    internal abstract float Probability(float x, float inputScale);

    internal virtual void Check(string name) => Require.Fraction(MaximumProbability, $"{name}.MaximumProbability");
}
