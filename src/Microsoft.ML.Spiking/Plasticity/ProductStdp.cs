using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Plasticity;

namespace Microsoft.ML.Spiking;

/// <summary>
/// STDP of mean rates, as the published network has it: what two columns' rates multiply to grows with the rates and says little of their coincidence.
/// </summary>
/// <remarks>
/// Rates are the batch's means, of one step as pre and of the next as post, every <see cref="Interval"/> steps; traces count these updates and last from batch
/// to batch. Potential is the running product of post and pre, usage the running mean of |weight|.
/// </remarks>
public sealed record ProductStdp : PlasticityRule
{
    /// <summary>What multiplies Δw. Default 5e-5, as published.</summary>
    public override double LearningRate { get; init; } = 5e-5;

    /// <summary>Weight change for pre after post, A₋. Default 0.012, as published.</summary>
    public override double Depression { get; init; } = 0.012;

    /// <summary>What an update leaves of a pair's <em>potential</em>, its running co-activity. Default 0.99, as published.</summary>
    public override double PotentialMemory { get; init; } = 0.99;

    /// <summary>Time steps from one update to the next within a batch. Default 10.</summary>
    public int Interval { get; init; } = 10;

    /// <summary>The least by which a network that fires above its target rate slows learning. Default 0.5.</summary>
    public double MinimumRateFactor { get; init; } = 0.5;

    /// <summary>The most by which a network that fires below its target rate speeds learning. Default 2.</summary>
    public double MaximumRateFactor { get; init; } = 2;

    internal override bool ReadsSamples => false;

    internal override StructuralLevels Levels => StructuralLevels.Absolute;

    internal override void Check()
    {
        base.Check();
        Require.Positive(Interval, "Plasticity.Interval", (int)Require.Most);
        Require.NotNegative(MinimumRateFactor, "Plasticity.MinimumRateFactor");
        Require.NotNegative(MaximumRateFactor, "Plasticity.MaximumRateFactor");
        Require.That(MinimumRateFactor <= MaximumRateFactor,
            $"Plasticity.MinimumRateFactor is {MinimumRateFactor}, but it must not exceed MaximumRateFactor, {MaximumRateFactor}.");
    }
}
