using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>How a text file of one event a line becomes spike trains.</summary>
public sealed record EventTableOptions : EventOptions
{
    /// <summary>Units, at least 1: the column of units holds whole numbers from 0 to one less.</summary>
    public required int Units { get; init; }

    /// <summary>How long a time of 1 is, 100 ns or more. Default: a second.</summary>
    public TimeSpan TimeUnit { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What stands between cells. Default: a comma.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>The column that tells recordings apart, by any text. Default: sample. Small and capital letters are alike, here and below.</summary>
    public string SampleColumnName { get; init; } = "sample";

    /// <summary>The column of times, numbers of 0 or more with a decimal point. Default: time.</summary>
    public string TimeColumnName { get; init; } = "time";

    /// <summary>The column of units. Default: unit.</summary>
    public string UnitColumnName { get; init; } = "unit";

    /// <summary>
    /// The column of classes, the same in all lines of a recording; where it is empty, the class is missing. Default: null, for one called label, or no labels
    /// where there is none.
    /// </summary>
    public string? LabelColumnName { get; init; }

    internal override int UnitCount => Units;

    internal override void Check()
    {
        Require.Positive(Units, nameof(Units));
        Require.That(TimeUnit > TimeSpan.Zero, $"{nameof(TimeUnit)} is {TimeUnit}, but it must be greater than 0, as in TimeSpan.FromMicroseconds(1).");
        Require.That(Separator is not ('"' or '\r' or '\n'), $"{nameof(Separator)} is a quote or an end of line; take what stands between cells.");
        string?[] names = [SampleColumnName, TimeColumnName, UnitColumnName, LabelColumnName ?? "label"];
        Require.That(!names.Any(string.IsNullOrWhiteSpace), "A column's name is empty; name the columns of sample, time and unit.");
        Require.That(names.Distinct(StringComparer.OrdinalIgnoreCase).Count() == names.Length,
            $"Two of the columns {string.Join(", ", names)} are called alike; name four different ones.");
        base.Check();
    }
}
