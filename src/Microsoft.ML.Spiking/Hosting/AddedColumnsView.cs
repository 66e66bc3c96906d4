using Microsoft.ML.Spiking.Hosting;

namespace Microsoft.ML.Spiking;

/// <summary>A lazy view with added columns.</summary>
internal sealed partial class AddedColumnsView(AddedColumns columns, IDataView source) : IDataView
{
    public DataViewSchema Schema => columns.Output;

    public bool CanShuffle => source.CanShuffle;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        bool[] active = columns.Active(columnsNeeded);
        DataViewRowCursor input = source.GetRowCursor(columns.Needed(active), rand);
        return columns.Computes(active) ? new BatchCursor(columns, input, active) : new PassThroughCursor(columns, input, active);
    }

    // Batches are computed in parallel, so one cursor is enough; a second over the same source would change what stateful sources yield.
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        bool[] active = columns.Active(columnsNeeded);
        return columns.Computes(active)
            ? [GetRowCursor(columnsNeeded, rand)]
            : [.. source.GetRowCursorSet(columns.Needed(active), n, rand).Select(cursor => new PassThroughCursor(columns, cursor, active))];
    }
}
