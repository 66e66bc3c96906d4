using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>Lets through the rows that have a label, and an answer where they were scored; counts them, and stops a pass where the user says so.</summary>
internal sealed class LabelledRows(CancellationToken cancel)
{
    /// <summary>Rows that were let through, in the latest passes together.</summary>
    public long Count { get; private set; }

    /// <summary>Rows with a label that got no answer, likewise.</summary>
    public long Unanswered { get; private set; }

    public IDataView Of(MLContext ml, IDataView rows) => ml.Data.FilterByCustomPredicate<KeyedRow>(rows, row => LeaveOut(row.Label, unanswered: false));

    /// <summary>The same of rows that a network has scored.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="score">Their column of scores.</param>
    public IDataView Answered(MLContext ml, IDataView rows, string score)
    {
        if (score != nameof(ScoredRow.Score)) rows = ml.Transforms.CopyColumns(nameof(ScoredRow.Score), score).Fit(rows).Transform(rows);
        return ml.Data.FilterByCustomPredicate<ScoredRow>(rows, row => LeaveOut(row.Label, unanswered: row.Score.GetItemOrDefault(0) is float.NaN));
    }

    private bool LeaveOut(uint label, bool unanswered)
    {
        cancel.ThrowIfCancellationRequested();
        if (label == 0) return true;
        if (unanswered) Unanswered++;
        else Count++;
        return unanswered;
    }

    private sealed class KeyedRow
    {
        [KeyType(int.MaxValue)]
        public uint Label { get; set; }
    }

    private sealed class ScoredRow
    {
        [KeyType(int.MaxValue)]
        public uint Label { get; set; }

        public VBuffer<float> Score { get; set; }
    }
}
