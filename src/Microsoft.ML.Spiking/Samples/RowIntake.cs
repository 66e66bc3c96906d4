using Microsoft.ML.Spiking.Scoring;

namespace Microsoft.ML.Spiking.Samples;

/// <summary>Takes rows in when they are read for the first time: holds them while there is room, and from then on the first of them alone.</summary>
/// <param name="empty">Makes samples, which measure what they get or do not.</param>
/// <param name="shape">What a row holds.</param>
/// <param name="room">What there is for them, and for others.</param>
/// <param name="share">Which of them this process holds.</param>
internal sealed class RowIntake(Func<bool, TrainingSamples> empty, InputShape shape, RowRoom room, RowShare share)
{
    private readonly TrainingSamples _held = empty(true);
    private bool _released;

    /// <summary>Rows so far.</summary>
    public int Count => Census.Count;

    /// <summary>What is known of them.</summary>
    public RowCensus Census { get; } = new();

    /// <summary>Whether there are too many of them by themselves.</summary>
    public bool IsOver => !_released && Count > room.Rows;

    /// <summary>Bytes in all processes together.</summary>
    private long Taken => _held.Bytes + (long)_held.Count * share.Others * TrainingSamples.PlaceBytes;

    /// <summary>Adds the row that a reader has read.</summary>
    /// <param name="reader">Who has read it.</param>
    /// <param name="label">Its class, from 0.</param>
    /// <param name="weight">How much it counts.</param>
    /// <param name="place">Which it is of the view.</param>
    public void Add(SampleReader reader, int label, float weight, long place)
    {
        int row = Count;
        Census.Add(place, reader.Hash(), label, weight);
        if (_released && _held.Count >= StreamedRows.FirstRows(shape))
        {
            _held.Measure(reader);
            return;
        }
        long before = Taken;
        if (share.Has(row) || row < StreamedRows.FirstRows(shape)) _held.Add(reader, label, weight);
        else _held.Leave(reader, label, weight);
        room.Take(Taken - before);
    }

    /// <summary>Lets rows go, for there is no room.</summary>
    public void Release()
    {
        if (_released) return;
        _released = true;
        long before = Taken;
        _held.KeepFirst(StreamedRows.FirstRows(shape));
        room.Take(Taken - before);
    }

    /// <summary>The rows; null where there is none.</summary>
    /// <param name="view">Where they are read again.</param>
    /// <param name="columns">Their columns.</param>
    /// <param name="passed">Rows of the view.</param>
    public LabelledRows? Rows(IDataView view, TrainingColumns columns, long passed)
    {
        Census.Passed = passed;
        return Count == 0 ? null : _released ? new StreamedRows(view, columns, Census, _held, () => empty(false))
            : new HeldRows(_held, room.Rows is null && share.Shares == 1 ? null : Census);
    }
}
