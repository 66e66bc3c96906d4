using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Fitting;

/// <summary>
/// Which rows are trained on when, and with what noise: a function of the seed and of how many batches are done, so that it can be entered anywhere.
/// </summary>
internal sealed class TrainingSchedule
{
    private const int ShuffleSource = 6, NoiseSource = 7;

    private readonly int[] _order;
    private readonly int[][] _shares;   // of each block, the rows that it is drawn from; empty where a batch is one
    private readonly RandomStream _shuffle;
    private readonly CounterRandom _noise;
    private int _shuffled;

    /// <param name="options">How long, and in batches of what size; neither is left to the data any more.</param>
    /// <param name="rows">Training rows.</param>
    /// <param name="seed">The training's seed.</param>
    public TrainingSchedule(SpikingNetworkOptions options, int rows, int seed)
    {
        BatchSize = options.BatchSize!.Value;
        int blocks = options.Blocks ?? 1;
        if (BatchSize % blocks != 0)
            throw Trouble.Fit.Argument($"BatchSize is {BatchSize}, chosen by the number of rows, but Blocks is {blocks}; set BatchSize to a multiple of it.");
        PerEpoch = (int)((rows + (long)BatchSize - 1) / BatchSize);
        long total = options.Batches ?? (long)PerEpoch * options.Epochs!.Value;
        Total = total <= TrainingRecipe.MostBatches ? (int)total
            : throw Trouble.Fit.Argument(
                $"Epochs is {options.Epochs}, and an epoch of {rows} rows has {PerEpoch} batches, but a training is counted in at most "
                + $"{TrainingRecipe.MostBatches} of them; make Epochs smaller, or BatchSize larger.");
        _order = [.. Enumerable.Range(0, rows)];
        _shares = blocks == 1 ? [] : [.. Enumerable.Range(0, blocks).Select(block => _order.Where(row => row % blocks == block).ToArray())];
        _shuffle = new RandomStream(CounterRandom.FromSeed(seed).For(ShuffleSource));
        _noise = CounterRandom.FromSeed(seed).For(NoiseSource);
    }

    /// <summary>Rows in a batch.</summary>
    public int BatchSize { get; }

    /// <summary>Batches in all.</summary>
    public int Total { get; }

    /// <summary>Batches in an epoch.</summary>
    public int PerEpoch { get; }

    /// <summary>Epochs in all; the last may be cut short.</summary>
    public int Epochs => EpochOf(Total);

    /// <summary>The epoch, from 1, that the last of so many batches belongs to.</summary>
    public int EpochOf(int done) => (int)((done + (long)PerEpoch - 1) / PerEpoch);

    /// <summary>The rows in an epoch's order. Epochs are asked for in turn.</summary>
    public int[] Order(int epoch)
    {
        for (; _shuffled < epoch; _shuffled++)
        {
            if (_shares.Length == 0) _shuffle.Shuffle(_order);
            foreach (int[] share in _shares) _shuffle.Shuffle(share);
        }
        if (_shares.Length > 0) InBlocks();
        return _order;
    }

    /// <summary>Lays the shares out in batches, of which each takes as many rows of every share.</summary>
    private void InBlocks()
    {
        int size = BatchSize / _shares.Length, at = 0;
        for (int first = 0; at < _order.Length; first += size)
            foreach (int[] share in _shares)
            {
                ReadOnlySpan<int> block = share.AsSpan(Math.Min(first, share.Length)..Math.Min(first + size, share.Length));
                block.CopyTo(_order.AsSpan(at));
                at += block.Length;
            }
    }

    /// <summary>The source of the noise of the batch that follows so many.</summary>
    public CounterRandom Noise(int done) => _noise.For((ulong)done);
}
