using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>Keeps what the readout sees of each column near a common spike rate, whatever the column itself does.</summary>
/// <remarks>
/// With columnRates the mean over batch and neurons of |spike rate|, after each training batch
/// <code>
/// averageRate ← RateMemory · averageRate + (1 - RateMemory) · columnRates
/// targetRate  ← targetRate · (1 ± TargetStep) where the mean column rate leaves [MinimumRate, MaximumRate], and stays within them
/// scale       = clamp(targetRate / (averageRate + 1e-6), MinimumScale, MaximumScale)
/// </code>
/// and the readout sees spike rates times scale. The loss gains <see cref="RateLossWeight"/> · mean((columnRates - targetRate)²).
/// Rates are spikes per neuron and time step.
/// </remarks>
public sealed record Homeostasis
{
    /// <summary>Target and average rate at the start, in spikes per neuron and time step. Default 0.05.</summary>
    public double InitialRate { get; init; } = 0.05;

    /// <summary>Below this mean column rate the target rises; also its lower end. Default 0.03.</summary>
    public double MinimumRate { get; init; } = 0.03;

    /// <summary>Above this mean column rate the target falls; also its upper end. Default 0.08.</summary>
    public double MaximumRate { get; init; } = 0.08;

    /// <summary>The fraction by which the target moves at once. Default 0.1.</summary>
    public double TargetStep { get; init; } = 0.1;

    /// <summary>What a batch leaves of the average rate. Default 0.95.</summary>
    public double RateMemory { get; init; } = 0.95;

    /// <summary>The least that a busy column's rates are multiplied by. Default 0.3.</summary>
    public double MinimumScale { get; init; } = 0.3;

    /// <summary>The most that a quiet column's rates are multiplied by. Default 3.</summary>
    public double MaximumScale { get; init; } = 3;

    /// <summary>Weight of the rates' distance from the target in the loss. Default 0.05.</summary>
    public double RateLossWeight { get; init; } = 0.05;

    internal void Check()
    {
        Require.Positive(InitialRate, "Homeostasis.InitialRate", most: 1);
        Require.Fraction(MaximumRate, "Homeostasis.MaximumRate");
        Require.That(MinimumRate >= 0 && MinimumRate <= MaximumRate,
            $"Homeostasis.MinimumRate is {Require.Said(MinimumRate)}, but it must lie between 0 and MaximumRate, {Require.Said(MaximumRate)}.");
        Require.Fraction(TargetStep, "Homeostasis.TargetStep");
        Require.Fraction(RateMemory, "Homeostasis.RateMemory");
        Require.NotNegative(MaximumScale, "Homeostasis.MaximumScale");
        Require.That(MinimumScale >= 0 && MinimumScale <= MaximumScale,
            $"Homeostasis.MinimumScale is {MinimumScale}, but it must lie between 0 and MaximumScale, {MaximumScale}.");
        Require.NotNegative(RateLossWeight, "Homeostasis.RateLossWeight");
    }
}
