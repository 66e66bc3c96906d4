namespace Microsoft.ML.Spiking.Samples;

/// <summary>Reads blocks of rows that are not held: one ahead, on another thread, while the one before is trained on.</summary>
/// <remarks>
/// Each place has a reader of its own. At the end of an epoch it stands where the next place begins, and goes on from there: only at the start are rows passed
/// that nobody wants.
/// </remarks>
/// <param name="rows">The rows.</param>
/// <param name="places">From where they are read.</param>
/// <param name="after">The block that follows one; null where none does.</param>
internal sealed class BlockReader(StreamedRows rows, RowPlaces places, Func<EpochBlock, EpochBlock?> after) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<RowStream> _streams = [];
    private readonly TrainingSamples[] _blocks = [rows.Empty(), rows.Empty()];
    private Task<TrainingSamples>? _reading;
    private int _epoch;

    /// <summary>The rows of a block, [turn]; null where they are not there in time. Those of the block before are gone then: others take their room.</summary>
    /// <param name="block">The block: any at first, and from then on the one after.</param>
    /// <param name="patience">How long to wait for it.</param>
    public TrainingSamples? Take(EpochBlock block, TimeSpan patience)
    {
        Task<TrainingSamples> reading = _reading ??= Begin(block);
        if (Task.WaitAny([reading], patience) < 0) return null;
        TrainingSamples samples = reading.GetAwaiter().GetResult();
        _reading = after(block) is { } next ? Begin(next) : null;
        return samples;
    }

    public void Dispose()
    {
        _stop.Cancel();
        if (_reading is not null) Task.WaitAny(_reading);
        foreach (RowStream stream in _streams) stream.Dispose();
        _stop.Dispose();
    }

    private Task<TrainingSamples> Begin(EpochBlock block) => Task.Run(() => Read(block), _stop.Token);

    private TrainingSamples Read(EpochBlock block)
    {
        if (_streams.Count == 0)
        {
            for (int place = 0; place < places.Count; place++) _streams.Add(new RowStream(rows, places.Next(place, block.First), _stop.Token));
        }
        else if (block.Epoch != _epoch)
        {
            _streams.Insert(0, _streams[^1]);   // the one that has read the last place begins anew
            _streams.RemoveAt(places.Count);
        }
        _epoch = block.Epoch;
        TrainingSamples samples = _blocks[0];
        (_blocks[0], _blocks[1]) = (_blocks[1], samples);
        samples.Clear();
        for (int turn = block.First; turn < block.First + block.Count; turn++) _streams[turn % places.Count].Read(samples);
        return samples;
    }
}
