using System.Collections.Immutable;

namespace Microsoft.ML.Spiking.Codes;

/// <summary>What the features of the training rows are like.</summary>
/// <param name="All">All features together.</param>
/// <param name="Inputs">Each input; of a column of several dimensions, each place in the last one.</param>
internal sealed record FeatureStatistics(FeatureRange All, ImmutableArray<FeatureRange> Inputs)
{
    // An input is of the kind of the others if it spans so much of the range of all of them; and so many of them must be, as the edge of an image is darker
    // than its middle.
    private const double KindredSpan = 0.5, KindredShare = 0.5;

    // Of a table's few columns all must be: one that is not could not be seen beside the others, and a scale of its own harms none that is.
    private const int ManyColumns = 64, ManyPlaces = 8;

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

    /// <summary>Whether the column has one dimension, as tables have.</summary>
    public bool IsFlat { get; init; } = true;

    /// <summary>Inputs that are always the same, and so tell nothing.</summary>
    public int Constant => Inputs.Count(input => input.Span == 0);

    /// <summary>Whether the inputs are of one kind (<see cref="FeatureScaling.Auto"/>).</summary>
    public bool AreOfOneKind
    {
        get
        {
            FeatureRange[] varying = [.. Inputs.Where(input => input.Span > 0)];
            if (varying.Length == 0) return true;
            // An input that is always the same tells nothing, but a scale for all reaches as far as it: beside a year, 2026 in each row, none could be seen.
            FeatureRange[] seen = [.. Inputs.Where(input => input.Span > 0 || (input.Low >= All.Low && input.High <= All.High))];
            double span = seen.Max(input => input.High) - seen.Min(input => input.Low);
            double share = Inputs.Length < (IsFlat ? ManyColumns : ManyPlaces) ? 1 : KindredShare;
            return varying.Count(input => input.Span >= KindredSpan * span) >= share * varying.Length;
        }
    }
}
