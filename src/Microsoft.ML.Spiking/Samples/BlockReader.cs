namespace Microsoft.ML.Spiking.Samples;

/// <summary>Reads blocks of rows that are not held: one ahead, on another thread, while the one before is trained on.</summary>
/// <remarks>
/// Each place has a reader of its own, which goes on from epoch to epoch: only at the start are rows passed that nobody wants. A process that trains with
/// others reads the places of its own share alone, or, where there is one place, its own rows of it, and leaves the turns of the others empty.
/// </remarks>
/// <param name="rows">The rows.</param>
/// <param name="places">From where they are read.</param>
/// <param name="share">Which of them.</param>
/// <param name="after">The block that follows one; null where none does.</param>
internal sealed class BlockReader(StreamedRows rows, RowPlaces places, RowShare share, Func<EpochBlock, EpochBlock?> after) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly RowStream?[] _streams = new RowStream?[places.Count];   // of each place of this process
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
        foreach (RowStream? stream in _streams) stream?.Dispose();
        _stop.Dispose();
    }

    private Task<TrainingSamples> Begin(EpochBlock block) => Task.Run(() => Read(block), _stop.Token);

    private TrainingSamples Read(EpochBlock block)
    {
        if (block.Epoch != _epoch) Enter(block);
        _epoch = block.Epoch;
        TrainingSamples samples = _blocks[0];
        (_blocks[0], _blocks[1]) = (_blocks[1], samples);
        samples.Clear();
        for (int turn = 0; turn < block.Count; turn++)
        {
            bool own = share.Has(turn);
            _streams[places.Of(block.First + turn)]?.Read(own ? samples : null);
            if (!own) samples.Leave();
        }
        return samples;
    }

    /// <summary>Brings each reader to where its place goes on in an epoch.</summary>
    private void Enter(EpochBlock block)
    {
        for (int turn = 0; turn < Math.Max(places.Count, share.Shares); turn++)
        {
            if (!share.Has(turn)) continue;
            int place = places.Of(turn), next = places.Next(block.Epoch, place, block.First);
            RowStream stream = _streams[place] ??= new RowStream(rows, next, _stop.Token);
            while (stream.Next != next) stream.Read(into: null);
        }
    }
}
