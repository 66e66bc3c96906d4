using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Events;

/// <summary>One pass over recordings, in their order or shuffled; none is read where their spikes are not asked for.</summary>
internal sealed class EventCursor : DataViewRowCursor
{
    private const int OutsideRows = -1;

    private readonly EventDataView _view;
    private readonly HashSet<int> _active;
    private readonly int[]? _order;
    private readonly EventReader? _reader;
    private int[] _spikes = [];
    private int _spikeCount;
    private int _read;
    private int _position = OutsideRows;
    private bool _disposed;

    /// <param name="view">The rows.</param>
    /// <param name="active">The columns to read.</param>
    /// <param name="random">Decides the order; null for that of the recordings.</param>
    public EventCursor(EventDataView view, HashSet<int> active, Random? random)
    {
        (_view, _active) = (view, active);
        if (random is not null)
        {
            _order = [.. Enumerable.Range(0, view.Source.Rows)];
            random.Shuffle(_order);
        }
        if (active.Contains(EventDataView.FeaturesIndex)) _reader = view.Source.Read();
    }

    public override DataViewSchema Schema => _view.Schema;

    public override long Position => _position;

    public override long Batch => 0;

    public override bool MoveNext()
    {
        _position = OutsideRows;
        if (_disposed) return false;
        if (_read == _view.Source.Rows)
        {
            Dispose();
            return false;
        }
        if (_reader is not null)
        {
            ReadOnlySpan<int> spikes = _reader.Read(RowOf(_read));
            if (_spikes.Length < spikes.Length) _spikes = new int[spikes.Length];
            spikes.CopyTo(_spikes);
            _spikeCount = spikes.Length;
        }
        _position = _read++;
        return true;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)Row(), 0);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
            throw Trouble.Cursor.OutOfRange(nameof(column), $"Column '{column.Name}' is not active in this cursor. Name it in columnsNeeded.");

        Delegate getter = column.Index switch
        {
            EventDataView.FeaturesIndex => (ValueGetter<VBuffer<bool>>)GetFeatures,
            EventDataView.SampleIndex => (ValueGetter<ReadOnlyMemory<char>>)GetSample,
            _ => (ValueGetter<uint>)GetLabel,
        };
        return getter as ValueGetter<TValue>
            ?? throw Trouble.Cursor.InvalidOperation($"Column '{column.Name}' is {column.Type}; it has no getter of {typeof(TValue)}.");
    }

    protected override void Dispose(bool disposing)
    {
        if (_disposed) return;
        _disposed = true;
        _position = OutsideRows;
        if (_reader?.Count is { } count) _view.Teller.Tell(count, whole: count.Recordings == _view.Source.Rows);
        _reader?.Dispose();
        base.Dispose(disposing);
    }

    private void GetFeatures(ref VBuffer<bool> value)
    {
        Row();
        VBufferEditor<bool> editor = VBufferEditor.Create(ref value, _view.Source.Shape.Cells, _spikeCount);
        editor.Values[.._spikeCount].Fill(true);
        // Where every place has a spike the vector is dense.
        if (_spikeCount < _view.Source.Shape.Cells) _spikes.AsSpan(0, _spikeCount).CopyTo(editor.Indices);
        value = editor.Commit();
    }

    private void GetSample(ref ReadOnlyMemory<char> value) => value = _view.Source.SampleOf(Row()).AsMemory();

    private void GetLabel(ref uint value) => value = _view.Source.KeyOf(Row());

    /// <summary>The recording that the cursor stands on: the same in every order.</summary>
    private int Row()
        => _position != OutsideRows
            ? RowOf(_position)
            : throw Trouble.Cursor.InvalidOperation("The cursor stands on no row: call MoveNext first, and read only while it returns true.");

    private int RowOf(int position) => _order is null ? position : _order[position];
}
