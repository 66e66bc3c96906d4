using Microsoft.ML.Spiking.Plasticity;

namespace Microsoft.ML.Spiking;

/// <summary>STDP of correlations: a covariance rule (Sejnowski 1977), once a batch.</summary>
/// <remarks>
/// Rates are the samples' deviations from the batch's mean in the same step, traces start at 0 with each sample, and a product is the Pearson correlation, over
/// samples and steps, of one column's rate with the other's trace a step before: -1 to 1, and 0 where they merely both fire. So Δw lies within ±
/// (Potentiation + Depression): a connection gains where pre leads, and loses where post does. Potential is the running correlation of post with preTrace,
/// usage the running mean of sigmoid(weight) · correlation where connected.
/// </remarks>
public sealed record CorrelationStdp : PlasticityRule
{
    /// <summary>What multiplies Δw. Default 0.02.</summary>
    public override double LearningRate { get; init; } = 0.02;

    /// <summary>Weight change for pre after post, A₋. Default 0.005, since correlation leaves no chance coincidences to outweigh.</summary>
    public override double Depression { get; init; } = 0.005;

    /// <summary>What an update leaves of a pair's <em>potential</em>, its running co-activity. Default 0.98.</summary>
    public override double PotentialMemory { get; init; } = 0.98;

    internal override bool ReadsSamples => true;

    internal override StructuralLevels Levels => StructuralLevels.Relative;
}
