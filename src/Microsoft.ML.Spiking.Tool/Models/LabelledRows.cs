using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>Lets through the rows that have a label, counts them, and stops a pass where the user says so.</summary>
internal sealed class LabelledRows(CancellationToken cancel)
{
    /// <summary>Rows of the latest passes, all together.</summary>
    public long Count { get; private set; }

    public IDataView Of(MLContext ml, IDataView rows) => ml.Data.FilterByCustomPredicate<KeyedRow>(rows, row =>
    {
        cancel.ThrowIfCancellationRequested();
        if (row.Label == 0) return true;
        Count++;
        return false;
    });

    private sealed class KeyedRow
    {
        [KeyType(int.MaxValue)]
        public uint Label { get; set; }
    }
}
