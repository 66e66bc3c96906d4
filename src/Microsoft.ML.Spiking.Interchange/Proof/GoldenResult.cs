using System.Globalization;

namespace Microsoft.ML.Spiking;

/// <summary>What a network did with its golden rows, beside what it had done when it was exported.</summary>
public sealed record GoldenResult
{
    internal GoldenResult() { }

    /// <summary>Rows that were shown.</summary>
    public int Rows { get; internal init; }

    /// <summary>Rows whose label, spikes or scores are beyond what is tolerated.</summary>
    public int BrokenRows { get; internal init; }

    /// <summary>Spikes more or fewer, over all rows, layers and columns.</summary>
    public long ChangedSpikes { get; internal init; }

    /// <summary>Rows of another class.</summary>
    public int ChangedLabels { get; internal init; }

    /// <summary>How far a score was from the golden one at the most.</summary>
    public float LargestScoreDifference { get; internal init; }

    /// <summary>What was wrong with the first broken row; null where none is.</summary>
    public string? FirstDifference { get; internal init; }

    /// <summary>Whether the file tells its spikes.</summary>
    public bool ComparedSpikes { get; internal init; }

    /// <summary>Whether it tells its labels.</summary>
    public bool ComparedLabels { get; internal init; }

    /// <summary>Whether it tells its scores.</summary>
    public bool ComparedScores { get; internal init; }

    /// <summary>Whether the promise is kept.</summary>
    public bool IsKept => BrokenRows == 0;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Rows} golden rows: {(IsKept ? "kept" : $"{BrokenRows} broken")}; {Told(ComparedSpikes, "spikes", ChangedSpikes)}, "
            + $"{Told(ComparedLabels, "labels", ChangedLabels)}, "
            + $"{(ComparedScores ? $"scores within {LargestScoreDifference:G3}" : "scores not told by the file")}.");

    /// <summary>The two together.</summary>
    internal GoldenResult With(GoldenResult other) => new()
    {
        Rows = Rows + other.Rows,
        BrokenRows = BrokenRows + other.BrokenRows,
        ChangedSpikes = ChangedSpikes + other.ChangedSpikes,
        ChangedLabels = ChangedLabels + other.ChangedLabels,
        LargestScoreDifference = Math.Max(LargestScoreDifference, other.LargestScoreDifference),
        FirstDifference = FirstDifference ?? other.FirstDifference,
        ComparedSpikes = ComparedSpikes | other.ComparedSpikes,
        ComparedLabels = ComparedLabels | other.ComparedLabels,
        ComparedScores = ComparedScores | other.ComparedScores,
    };

    private static string Told(bool told, string what, long changed)
        => told ? string.Create(CultureInfo.InvariantCulture, $"{changed} {what} changed") : $"{what} not told by the file";
}
