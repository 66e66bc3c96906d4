using System.Numerics.Tensors;
using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Data;

/// <summary>One pass over the rows; a file whose column is not asked for is not opened.</summary>
internal sealed class IdxCursor : DataViewRowCursor
{
    private const long OutsideRows = -1;

    private readonly IdxDataView _view;
    private readonly IdxReader? _images;
    private readonly IdxReader? _labels;
    private long _read;
    private long _position = OutsideRows;
    private bool _disposed;

    public IdxCursor(IdxDataView view, HashSet<int> active)
    {
        _view = view;
        try
        {
            _images = active.Contains(IdxDataView.FeaturesIndex) ? view.Images.Read() : null;
            _labels = active.Contains(IdxDataView.LabelIndex) ? view.Labels?.File.Read() : null;
        }
        catch
        {
            _images?.Dispose();
            throw;
        }
    }

    public override DataViewSchema Schema => _view.Schema;

    public override long Position => _position;

    public override long Batch => 0;

    public override bool MoveNext()
    {
        _position = OutsideRows;
        if (_disposed)
            return false;

        if (_read == _view.GetRowCount())
        {
            _images?.RequireEnd();
            _labels?.RequireEnd();
            Dispose();
            return false;
        }

        _images?.ReadItem();
        _labels?.ReadItem();
        _position = _read++;
        return true;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => column.Index switch
    {
        IdxDataView.FeaturesIndex => _images is not null,
        IdxDataView.LabelIndex => _labels is not null,
        _ => false,
    };

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)RowPosition(), 0);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
            throw Trouble.Cursor.OutOfRange(nameof(column), $"Column '{column.Name}' is not active in this cursor. Name it in columnsNeeded.");

        Delegate getter = column.Index == IdxDataView.FeaturesIndex ? (ValueGetter<VBuffer<float>>)GetFeatures : (ValueGetter<uint>)GetLabel;
        return getter as ValueGetter<TValue>
            ?? throw Trouble.Cursor.InvalidOperation($"Column '{column.Name}' is {column.Type}; it has no getter of {typeof(TValue)}.");
    }

    protected override void Dispose(bool disposing)
    {
        if (_disposed)
            return;

        _disposed = true;
        _position = OutsideRows;
        _images?.Dispose();
        _labels?.Dispose();
        base.Dispose(disposing);
    }

    private void GetFeatures(ref VBuffer<float> value)
    {
        RowPosition();
        ReadOnlySpan<byte> pixels = _images!.Item;
        VBufferEditor<float> editor = VBufferEditor.Create(ref value, pixels.Length);
        TensorPrimitives.ConvertTruncating(pixels, editor.Values);
        TensorPrimitives.Divide(editor.Values, 255f, editor.Values);
        value = editor.Commit();
    }

    private void GetLabel(ref uint value)
    {
        RowPosition();
        value = _view.Labels!.KeyOf(_labels!.Item[0]);
    }

    private long RowPosition()
        => _position != OutsideRows
            ? _position
            : throw Trouble.Cursor.InvalidOperation(
                "The cursor stands on no row: call MoveNext first, and read only while it returns true.");
}
