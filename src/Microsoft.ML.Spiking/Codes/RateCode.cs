using System.Runtime.CompilerServices;

namespace Microsoft.ML.Spiking;

/// <summary>p = MaximumProbability · clamp(x, 0, 1), where x is the feature as <see cref="SpikingNetwork.Scaling"/> makes it an intensity.</summary>
public sealed record RateCode : PoissonCode
{
    /// <summary>Probability of a spike in a time step at full intensity, 0 to 1. Default 0.5.</summary>
    public override double MaximumProbability { get; init; } = 0.5;

    internal override float Probability(float x, float inputScale) => (float)MaximumProbability * Math.Clamp(x, 0, 1);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Probabilities(Span<float> x, ReadOnlySpan<float> inputScale)
    {
        float most = (float)MaximumProbability;
        foreach (ref float value in x) value = most * Math.Clamp(value, 0, 1);
    }
}
