using System.Collections.Immutable;

namespace Microsoft.ML.Spiking;

/// <summary>What the features of the training rows are like.</summary>
/// <param name="All">All features together.</param>
/// <param name="Inputs">Each input; of a column of several dimensions, each place in the last one.</param>
internal sealed record FeatureStatistics(FeatureRange All, ImmutableArray<FeatureRange> Inputs)
{
    // An input is of the kind of the others if it spans so much of the range of all of them; and so many of them must be.
    private const double KindredSpan = 0.5, KindredShare = 0.5;

    /// <summary>Of spike trains, which are not measured.</summary>
    public static FeatureStatistics None { get; } = Shared(0, 1, 0, 1);

    /// <summary>Of inputs that are all alike.</summary>
    public static FeatureStatistics Shared(double mean, double deviation, double low, double high)
    {
        var range = new FeatureRange(mean, deviation, low, high, Change: 0);
        return new(range, [range]);
    }

    /// <summary>Mean and deviation with outliers and all, to tell data by.</summary>
    public (double Mean, double Deviation) Whole { get; init; }

    /// <summary>Inputs that are always the same, and so tell nothing.</summary>
    public int Constant => Inputs.Count(input => input.Span == 0);

    /// <summary>Whether the inputs are of one kind (<see cref="FeatureScaling.Auto"/>).</summary>
    public bool AreOfOneKind
    {
        get
        {
            FeatureRange[] varying = [.. Inputs.Where(input => input.Span > 0)];
            if (varying.Length == 0) return true;
            double span = varying.Max(input => input.High) - varying.Min(input => input.Low);
            return varying.Count(input => input.Span >= KindredSpan * span) >= KindredShare * varying.Length;
        }
    }
}
