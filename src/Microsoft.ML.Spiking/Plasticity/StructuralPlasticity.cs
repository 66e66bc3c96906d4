namespace Microsoft.ML.Spiking;

/// <summary>Grows connections between columns that fire together and prunes those that are weak and unused.</summary>
/// <remarks>
/// Growth, while the density is below <see cref="MaximumDensity"/>: pairs without a connection whose potential exceeds
/// <see cref="FormationThreshold"/>, those with the largest potential first, up to that density; a grown connection keeps the weight
/// that stands there. Then pruning, of new connections too: usage below <see cref="PruningThreshold"/> and |weight| below
/// <see cref="WeakWeight"/>; a pruned connection's weight becomes 0. Potential and usage are kept by <see cref="Stdp"/>.
/// </remarks>
public sealed record StructuralPlasticity
{
    /// <summary>Training batches from one update to the next; the first follows the batch of this number. Default 100.</summary>
    public int Interval { get; init; } = 100;

    /// <summary>Growth stops at this fraction of all Columns² connections. Default 0.25.</summary>
    public double MaximumDensity { get; init; } = 0.25;

    /// <summary>Potential above which a pair may connect. Default 0.8.</summary>
    public double FormationThreshold { get; init; } = 0.8;

    /// <summary>Usage below which a connection may be pruned. Default 0.05.</summary>
    public double PruningThreshold { get; init; } = 0.05;

    /// <summary>Size of a weight below which its connection may be pruned. Default 0.1.</summary>
    public double WeakWeight { get; init; } = 0.1;

    internal void Check()
    {
        Require.Positive(Interval, "StructuralPlasticity.Interval");
        Require.Fraction(MaximumDensity, "StructuralPlasticity.MaximumDensity");
    }
}
