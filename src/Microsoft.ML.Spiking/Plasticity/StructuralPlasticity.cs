using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>Grows connections between columns that fire together and prunes those that carry nothing, within a band of density.</summary>
/// <remarks>
/// Every <see cref="Interval"/> batches, first growth: pairs without a connection whose potential exceeds <see cref="FormationThreshold"/>, those with the
/// largest potential first, never above <see cref="MaximumDensity"/>; a new connection starts with <see cref="InitialWeight"/>. Then pruning: connections
/// whose usage is below <see cref="PruningThreshold"/>, the least used first, never below <see cref="MinimumDensity"/> nor within their
/// <see cref="GracePeriod"/>. <see cref="Turnover"/> bounds either. Potential and usage are kept by the <see cref="PlasticityRule"/>. A network whose wiring
/// starts outside the band is not forced into it: above it nothing grows, below it nothing is pruned.
/// Every change is journalled in <see cref="TrainingRecord.Journal"/>.
/// <para>How large correlations are depends on the data and the noise, so that the two thresholds are relative: in standard deviations of the potential over
/// all pairs of two columns, and of the usage over the connections that may be pruned. Connections compete, and the graph follows what the columns have in
/// common.</para>
/// <para>Under <see cref="ProductStdp"/>, as in the published network, a column may also connect to itself, and pairs that tie with the last one grown grow
/// too.</para>
/// </remarks>
public sealed record StructuralPlasticity
{
    /// <summary>Training batches from one update to the next; the first follows the batch of this number. Default 50; published 100.</summary>
    public int Interval { get; init; } = 50;

    /// <summary>Pruning stops at this fraction of all Columns² connections. Default 0.05; published 0.</summary>
    public double MinimumDensity { get; init; } = 0.05;

    /// <summary>Growth stops at this fraction of all Columns² connections. Default 0.5; published 0.25.</summary>
    public double MaximumDensity { get; init; } = 0.5;

    /// <summary>At most this fraction of all Columns² pairs, rounded up, connects in an update, and at most as many part. Default 0.02; published 1.</summary>
    public double Turnover { get; init; } = 0.02;

    /// <summary>
    /// Potential above which a pair may connect: in deviations from the mean over all pairs, and never below 0; under <see cref="ProductStdp"/>, as it stands.
    /// Default 0.25; published 0.8.
    /// </summary>
    public double FormationThreshold { get; init; } = 0.25;

    /// <summary>Weight of a new connection; null keeps the one that stands there, as published. Default 0, of which sigmoid makes 0.5.</summary>
    public double? InitialWeight { get; init; } = 0;

    /// <summary>Intervals that a connection stands at the least, those of the initial graph too. Default 2; published 0.</summary>
    public int GracePeriod { get; init; } = 2;

    /// <summary>
    /// Usage below which a connection may be pruned: in deviations from the mean over connections past their grace; under <see cref="ProductStdp"/>, as it
    /// stands. Default -1.5; published 0.05.
    /// </summary>
    public double PruningThreshold { get; init; } = -1.5;

    /// <summary>Size of a weight below which its connection may be pruned; null for any. Default null; published 0.1.</summary>
    public double? WeakWeight { get; init; }

    internal void Check()
    {
        Require.Positive(Interval, "StructuralPlasticity.Interval");
        Require.Fraction(MaximumDensity, "StructuralPlasticity.MaximumDensity");
        Require.That(MinimumDensity >= 0 && MinimumDensity <= MaximumDensity,
            $"StructuralPlasticity.MinimumDensity is {MinimumDensity}, but it must lie between 0 and MaximumDensity, {MaximumDensity}.");
        Require.Fraction(Turnover, "StructuralPlasticity.Turnover");
        // Infinite ones are never reached.
        Require.That(!double.IsNaN(FormationThreshold), "StructuralPlasticity.FormationThreshold is NaN, but it must be a number.");
        Require.That(!double.IsNaN(PruningThreshold), "StructuralPlasticity.PruningThreshold is NaN, but it must be a number.");
        Require.NotNegative(GracePeriod, "StructuralPlasticity.GracePeriod", int.MaxValue);
        if (InitialWeight is { } weight) Require.Within(weight, "StructuralPlasticity.InitialWeight");
        if (WeakWeight is { } weak) Require.NotNegative(weak, "StructuralPlasticity.WeakWeight");
    }
}
