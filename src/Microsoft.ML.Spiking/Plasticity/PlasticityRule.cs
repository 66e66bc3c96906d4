using System.Text.Json.Serialization;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Plasticity;

namespace Microsoft.ML.Spiking;

/// <summary>What the connections between columns learn from the columns' spikes alone: spike-timing-dependent plasticity over traces of their rates.</summary>
/// <remarks>
/// A trace fades and gains what fires: <c>x ← exp(-1/τ) · x + rate</c>. A connection from pre to post changes by
/// <code>
/// Δw = Potentiation · post · preTrace - Depression · postTrace · pre
/// </code>
/// (Song, Miller and Abbott 2000).
/// <para>A closed family, since it is stored in models: <see cref="CorrelationStdp"/> and <see cref="ProductStdp"/>, which differ in what they take for two
/// columns firing together.</para>
/// </remarks>
[JsonDerivedType(typeof(CorrelationStdp), "correlation-stdp")]
[JsonDerivedType(typeof(ProductStdp), "product-stdp")]
public abstract record PlasticityRule
{
    private protected PlasticityRule() { }

    /// <summary>What multiplies Δw.</summary>
    public abstract double LearningRate { get; init; }

    /// <summary>Weight change for post after pre, A₊. Default 0.01.</summary>
    public double Potentiation { get; init; } = 0.01;

    /// <summary>Weight change for pre after post, A₋.</summary>
    public abstract double Depression { get; init; }

    /// <summary>Time constant of the presynaptic trace, in steps, or, of <see cref="ProductStdp"/>, in batches. Default 20.</summary>
    public double PreTimeConstant { get; init; } = 20;

    /// <summary>Time constant of the postsynaptic trace, in steps, or, of <see cref="ProductStdp"/>, in batches. Default 20.</summary>
    public double PostTimeConstant { get; init; } = 20;

    /// <summary>Connections between columns stay within ± this. Default 2.</summary>
    public double WeightLimit { get; init; } = 2;

    /// <summary>What an update leaves of a pair's <em>potential</em>, its running co-activity.</summary>
    public abstract double PotentialMemory { get; init; }

    /// <summary>What an update leaves of a connection's <em>usage</em>. Default 0.95.</summary>
    public double UsageMemory { get; init; } = 0.95;

    /// <summary>Whether it reads the rates of each sample, and not their means over the batch.</summary>
    internal abstract bool ReadsSamples { get; }

    /// <summary>How <see cref="StructuralPlasticity"/> compares potentials and usages of this rule.</summary>
    internal abstract StructuralLevels Levels { get; }

    internal virtual void Check()
    {
        Require.NotNegative(LearningRate, "Plasticity.LearningRate");
        Require.Within(Potentiation, "Plasticity.Potentiation");
        Require.Within(Depression, "Plasticity.Depression");
        Require.Positive(PreTimeConstant, "Plasticity.PreTimeConstant");
        Require.Positive(PostTimeConstant, "Plasticity.PostTimeConstant");
        Require.Positive(WeightLimit, "Plasticity.WeightLimit");
        Require.Fraction(PotentialMemory, "Plasticity.PotentialMemory");
        Require.Fraction(UsageMemory, "Plasticity.UsageMemory");
    }
}
