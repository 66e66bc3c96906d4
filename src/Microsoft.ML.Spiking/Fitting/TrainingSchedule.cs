using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Samples;

namespace Microsoft.ML.Spiking.Fitting;

/// <summary>
/// Which rows are trained on when, and with what noise: a function of the seed and of how many batches are done, so that it can be entered anywhere.
/// </summary>
/// <remarks>
/// An epoch is one block, whose rows are in memory together and are shuffled anew in every epoch. Of rows that are not held it is several: the first is of
/// another length in every epoch, so that rows meet others each time, and in each block they are in an order of its own.
/// </remarks>
internal sealed class TrainingSchedule
{
    private const int ShuffleSource = 6, NoiseSource = 7, BlockSource = 10;

    // So many that a block has rows of all classes, however they are sorted, and so few that it costs little to find them (docs/your-own-data.md).
    private const int MostPlaces = 16;

    private readonly int _rows;
    private readonly int? _blockRows;
    private readonly int _shares;
    private readonly int[][] _order;   // of held rows those of each share, as they are shuffled so far
    private readonly CounterRandom _blocks;
    private readonly RandomStream _shuffle;
    private readonly CounterRandom _noise;
    private int _shuffled;

    /// <param name="options">How long, and in batches and blocks of what size, whole batches; nothing of it is left to the data any more.</param>
    /// <param name="rows">Training rows.</param>
    /// <param name="seed">The training's seed.</param>
    public TrainingSchedule(SpikingNetworkOptions options, int rows, int seed)
    {
        BatchSize = options.BatchSize!.Value;
        int shares = options.GradientBlocks ?? 1;
        if (BatchSize % shares != 0)
            throw Trouble.Fit.Argument(
                $"BatchSize is {BatchSize}, chosen by the number of rows, but GradientBlocks is {shares}; set BatchSize to a multiple of it.");
        PerEpoch = (int)((rows + (long)BatchSize - 1) / BatchSize);
        long total = options.Batches ?? (long)PerEpoch * options.Epochs!.Value;
        Total = total <= TrainingRecipe.MostBatches ? (int)total
            : throw Trouble.Fit.Argument(
                $"Epochs is {options.Epochs}, and an epoch of {rows} rows has {PerEpoch} batches, but a training is counted in at most "
                + $"{TrainingRecipe.MostBatches} of them; make Epochs smaller, or BatchSize larger.");
        _rows = rows;
        _blockRows = options.BlockRows < rows ? options.BlockRows : null;
        // As many for each share; rows of one block come in their order, so that the model is the one of rows that are held.
        Places = _blockRows is null ? new RowPlaces(rows, count: 1) : new RowPlaces(rows, shares * Math.Max(1, Math.Min(rows, MostPlaces) / shares), shares);
        _shares = shares;
        _order = _blockRows is null ? Shares(rows) : [];
        _blocks = CounterRandom.FromSeed(seed).For(BlockSource);
        _shuffle = new RandomStream(CounterRandom.FromSeed(seed).For(ShuffleSource));
        _noise = CounterRandom.FromSeed(seed).For(NoiseSource);
    }

    /// <summary>From where the rows of a block come.</summary>
    public RowPlaces Places { get; }

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

    /// <summary>The block that the batch belongs to that follows so many.</summary>
    public EpochBlock Block(int done)
    {
        int epoch = done / PerEpoch + 1;
        if (_blockRows is not { } rows) return new EpochBlock(epoch, 0, 0, _rows);
        int first = BatchSize * (1 + new RandomStream(_blocks.For((ulong)epoch)).Below(rows / BatchSize));
        long turn = (long)(done % PerEpoch) * BatchSize;
        int index = turn < first ? 0 : (int)(1 + (turn - first) / rows);
        long from = index == 0 ? 0 : first + (index - 1L) * rows, to = index == 0 ? first : from + rows;
        return new EpochBlock(epoch, index, (int)from, (int)(Math.Min(to, _rows) - from));
    }

    /// <summary>The block that follows one; null where training is over.</summary>
    public EpochBlock? After(EpochBlock block)
    {
        long done = (block.Epoch - 1L) * PerEpoch + ((long)block.First + block.Count + BatchSize - 1) / BatchSize;
        return done < Total ? Block((int)done) : null;
    }

    /// <summary>The order in which a block's rows are trained on, by their turns in it, from 0. Where epochs are one block each, ask in turn.</summary>
    public int[] Order(EpochBlock block)
    {
        if (_blockRows is not null)
        {
            int[][] own = Shares(block.Count);
            Shuffle(own, new RandomStream(_blocks.For((ulong)block.Epoch).For((ulong)block.Index)));
            return InBatches(own);
        }
        for (; _shuffled < block.Epoch; _shuffled++) Shuffle(_order, _shuffle);
        return InBatches(_order);
    }

    /// <summary>So many rows by the block of a batch that they are for (<see cref="RowShare"/>): [share, row].</summary>
    private int[][] Shares(int rows)
    {
        var shares = new int[_shares][];
        for (int share = 0; share < _shares; share++)
        {
            shares[share] = new int[(rows - share + _shares - 1) / _shares];
            for (int i = 0; i < shares[share].Length; i++) shares[share][i] = share + i * _shares;
        }
        return shares;
    }

    private static void Shuffle(int[][] shares, RandomStream random)
    {
        foreach (int[] share in shares) random.Shuffle(share);
    }

    /// <summary>Lays shares out in batches, of which each takes as many rows of every share.</summary>
    private int[] InBatches(int[][] shares)
    {
        var order = new int[shares.Sum(share => share.Length)];
        int size = BatchSize / _shares;
        for (int first = 0, at = 0; at < order.Length; first += size)
            foreach (int[] share in shares)
            {
                ReadOnlySpan<int> next = share.AsSpan(Math.Min(first, share.Length)..Math.Min(first + size, share.Length));
                next.CopyTo(order.AsSpan(at));
                at += next.Length;
            }
        return order;
    }

    /// <summary>The source of the noise of the batch that follows so many.</summary>
    public CounterRandom Noise(int done) => _noise.For((ulong)done);
}
