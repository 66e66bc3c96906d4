using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Hosting;

/// <summary>Reads a batch of rows ahead through one cursor, keeps the wanted columns of each and computes the added ones together.</summary>
internal sealed class BatchCursor : DataViewRowCursor
{
    private readonly AddedColumns _columns;
    private readonly DataViewRowCursor _input;
    private readonly bool[] _active;
    private readonly Delegate?[] _getters;
    private readonly List<ReadAheadColumn> _kept = [];
    private readonly ValueGetter<DataViewRowId> _id;
    private readonly DataViewRowId[] _ids;
    private readonly long[] _batches;
    private readonly RowBlock _block;
    private int _count, _slot;
    private long _position = -1;
    private bool _ended, _disposed;

    public BatchCursor(AddedColumns columns, DataViewRowCursor input, bool[] active)
    {
        (_columns, _input, _active, _getters) = (columns, input, active, new Delegate?[columns.Output.Count]);
        // A column that cannot be copied, such as an image, cannot be read ahead of.
        bool copied = columns.Input.All(column => !active[column.Index] || ReadAheadColumn.Supports(column.Type));
        int size = copied ? columns.BatchSize : 1;
        (_ids, _batches, _id) = (new DataViewRowId[size], new long[size], input.GetIdGetter());
        _block = columns.Block(input, size);
        for (int i = 0; i < active.Length; i++)
        {
            if (!active[i]) continue;
            if (i >= columns.Input.Count) _getters[i] = _block.Getter(i - columns.Input.Count, Slot);
            else if (size > 1) _getters[i] = Keep(columns.Input[i]);
        }
    }

    public override DataViewSchema Schema => _columns.Output;

    public override long Position => _position;

    public override long Batch => _position >= 0 ? _batches[_slot] : 0;

    public override bool MoveNext()
    {
        if (_ended) return false;
        if (++_slot >= _count && !Fill()) return false;
        _position++;
        return true;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => _active[_columns.Check(column)];

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = _ids[Slot()];

    public override ValueGetter<T> GetGetter<T>(DataViewSchema.Column column)
    {
        int index = _columns.Check(column);
        bool servedByInput = _active[index] && _getters[index] is null;
        return servedByInput ? _input.GetGetter<T>(_columns.Input[index]) : AddedColumns.Typed<T>(_getters[index], column);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            _input.Dispose();
        }
        base.Dispose(disposing);
    }

    private Delegate Keep(DataViewSchema.Column column)
    {
        ReadAheadColumn kept = ReadAheadColumn.Create(column, _input, _ids.Length, Slot);
        _kept.Add(kept);
        return kept.Getter;
    }

    private int Slot() => _position >= 0
        ? _slot
        : throw Trouble.Cursor.InvalidOperation("The cursor is not at a row: call MoveNext first, and stop when it returns false.");

    private bool Fill()
    {
        long position = _position;
        // Where reading or computing throws, the cursor is at its end: rows half done are no one's.
        (_slot, _count, _position, _ended) = (0, 0, -1, true);
        for (; _count < _ids.Length && _input.MoveNext(); _count++)
        {
            _id(ref _ids[_count]);
            _batches[_count] = _input.Batch;
            _block.Read(_count);
            foreach (ReadAheadColumn column in _kept) column.Read(_count);
        }
        if (_count == 0) return false;
        _block.Compute(_count);
        (_position, _ended) = (position, false);
        return true;
    }
}
