using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Hosting;

/// <summary>A cursor that none of the added columns is asked of.</summary>
internal sealed class PassThroughCursor(AddedColumns columns, DataViewRowCursor input, bool[] active) : DataViewRowCursor
{
    public override DataViewSchema Schema => columns.Output;

    public override long Position => input.Position;

    public override long Batch => input.Batch;

    public override bool MoveNext() => input.MoveNext();

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => active[columns.Check(column)];

    public override ValueGetter<T> GetGetter<T>(DataViewSchema.Column column)
        => active[columns.Check(column)] ? input.GetGetter<T>(columns.Input[column.Index]) : AddedColumns.Typed<T>(null, column);

    protected override void Dispose(bool disposing)
    {
        if (disposing) input.Dispose();
        base.Dispose(disposing);
    }
}
