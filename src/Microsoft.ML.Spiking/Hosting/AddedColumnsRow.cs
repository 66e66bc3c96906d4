using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Hosting;

/// <summary>A row with added columns, computed once a position, when the first of them is read.</summary>
internal sealed class AddedColumnsRow : DataViewRow
{
    private readonly AddedColumns _columns;
    private readonly DataViewRow _input;
    private readonly bool[] _active;
    private readonly RowBlock? _block;
    private long _computed = -1;

    public AddedColumnsRow(AddedColumns columns, DataViewRow input, bool[] active)
    {
        (_columns, _input, _active) = (columns, input, active);
        if (columns.Computes(active)) _block = columns.Block(input, capacity: 1);
    }

    public override DataViewSchema Schema => _columns.Output;

    public override long Position => _input.Position;

    public override long Batch => _input.Batch;

    public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column)
    {
        int index = _columns.Check(column);
        return _active[index] && (index >= _columns.Input.Count || _input.IsColumnActive(_columns.Input[index]));
    }

    public override ValueGetter<T> GetGetter<T>(DataViewSchema.Column column)
    {
        int index = _columns.Check(column);
        if (index < _columns.Input.Count) return _input.GetGetter<T>(_columns.Input[index]);
        return AddedColumns.Typed<T>(_active[index] ? _block!.Getter(index - _columns.Input.Count, Slot) : null, column);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _input.Dispose();
        base.Dispose(disposing);
    }

    private int Slot()
    {
        if (_input.Position < 0) throw Trouble.Cursor.InvalidOperation("The row is not positioned.");
        if (_computed != _input.Position)
        {
            _block!.Read(0);
            _block.Compute(1);
            _computed = _input.Position;
        }
        return 0;
    }
}
