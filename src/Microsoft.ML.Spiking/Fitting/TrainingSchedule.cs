using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Fitting;

/// <summary>
/// Which rows are trained on when, and with what noise: a function of the seed and of how many batches are done, so that it can be entered anywhere.
/// </summary>
internal sealed class TrainingSchedule
{
    private const int ShuffleSource = 6, NoiseSource = 7;

    private readonly int[] _order;
    private readonly RandomStream _shuffle;
    private readonly CounterRandom _noise;
    private int _shuffled;

    /// <param name="options">How long, and in batches of what size; neither is left to the data any more.</param>
    /// <param name="rows">Training rows.</param>
    /// <param name="seed">The training's seed.</param>
    public TrainingSchedule(SpikingNetworkOptions options, int rows, int seed)
    {
        BatchSize = options.BatchSize!.Value;
        PerEpoch = (int)((rows + (long)BatchSize - 1) / BatchSize);
        long total = options.Batches ?? (long)PerEpoch * options.Epochs!.Value;
        Total = total <= TrainingRecipe.MostBatches ? (int)total
            : throw Trouble.Fit.Argument(
                $"Epochs is {options.Epochs}, and an epoch of {rows} rows has {PerEpoch} batches, but a training is counted in at most "
                + $"{TrainingRecipe.MostBatches} of them; make Epochs smaller, or BatchSize larger.");
        _order = [.. Enumerable.Range(0, rows)];
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
        for (; _shuffled < epoch; _shuffled++) _shuffle.Shuffle(_order);
        return _order;
    }

    /// <summary>The source of the noise of the batch that follows so many.</summary>
    public CounterRandom Noise(int done) => _noise.For((ulong)done);
}
