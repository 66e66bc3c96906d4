using System.Diagnostics.CodeAnalysis;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Scoring;

namespace Microsoft.ML.Spiking.Samples;

/// <summary>
/// Reads rows that are not held, one after the other from one of them on, and begins again behind the last. Holds them against what they were before, a
/// <see cref="RowCensus.Stretch"/> at a time.
/// </summary>
/// <param name="rows">The rows.</param>
/// <param name="first">Which to begin with.</param>
/// <param name="stop">Ends the reading.</param>
internal sealed class RowStream(StreamedRows rows, int first, CancellationToken stop) : IDisposable
{
    private readonly RowCensus _census = rows.Census;
    private DataViewRowCursor? _cursor;
    private SampleReader? _reader;
    private Func<int>? _class;
    private Func<float>? _weight;
    private int _next = first;
    private long _passed;
    private ulong _stretch;
    private bool _whole;

    /// <summary>The row that it comes to next.</summary>
    public int Next => _next % _census.Count;

    /// <summary>Reads the next row.</summary>
    /// <param name="into">Receives it; null where nobody needs it.</param>
    /// <exception cref="InvalidOperationException">Rows are not what they were.</exception>
    public void Read(TrainingSamples? into)
    {
        Move();
        TrainingColumns columns = rows.Columns;
        int label = _class();
        float weight = _weight();
        // A row that was trained on once and is none any more.
        if (label < 0 || !_reader.Read() || !(weight > 0)) throw Changed(_next, _next);
        label = columns.ClassOf(label);
        into?.Add(_reader, label, weight);
        Check(_reader.Hash(), label, weight);
        _next++;
    }

    /// <summary>Passes the next row, whatever it holds.</summary>
    public void Skip()
    {
        Move();
        _whole = false;
        _next++;
    }

    public void Dispose() => _cursor?.Dispose();

    [MemberNotNull(nameof(_reader), nameof(_class), nameof(_weight))]
    private void Move()
    {
        if (_next == _census.Count) Begin();
        if (_cursor is null || _reader is null || _class is null || _weight is null)
        {
            Open();
            for (long place = _census.PlaceOf(_next); _passed < place;) Pass();
        }
        do Pass();
        while (!_census.Has(_passed - 1));
    }

    private void Pass()
    {
        stop.ThrowIfCancellationRequested();
        if (!_cursor!.MoveNext()) throw Changed(_next, _census.Count - 1);
        _passed++;
    }

    /// <summary>Goes back to the first row, once nothing is left but what had been left out.</summary>
    private void Begin()
    {
        for (; _cursor?.MoveNext() == true; _passed++)
            if (_passed == _census.Passed) throw Changed(_census.Count, _census.Count);
        _cursor?.Dispose();
        (_cursor, _next) = (null, 0);
    }

    [MemberNotNull(nameof(_reader), nameof(_class), nameof(_weight))]
    private void Open()
    {
        TrainingColumns columns = rows.Columns;
        _cursor = columns.Cursor(rows.View);
        _reader = SampleReader.Create(_cursor, columns.Features, columns.Input, columns.Order);
        _class = columns.Target.Reader(_cursor, columns.Label);
        _weight = ExampleWeight.Reader(_cursor, columns.Weight);
        _passed = 0;
    }

    private void Check(ulong hash, int label, float weight)
    {
        int at = _next % RowCensus.Stretch;
        if (at == 0) (_stretch, _whole) = (0, true);
        _stretch = RowCensus.With(_stretch, hash, label, weight);
        bool ends = at == RowCensus.Stretch - 1 || _next == _census.Count - 1;
        if (ends && _whole && _stretch != _census.StretchOf(_next)) throw Changed(_next - at, _next);
    }

    private static InvalidOperationException Changed(int from, int to) => Trouble.Unstable.InvalidOperation(
        $"The rows {from} to {to}, counted from 0 and without those left out, are not what they were when they were read before, but rows that memory does not "
        + "hold must come as they came, in each epoch; take what draws anew or reads what changes out of the data's steps, save their outcome, or let all "
        + "rows be held (RowMemory, BlockRows).");
}
