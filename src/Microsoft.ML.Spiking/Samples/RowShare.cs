namespace Microsoft.ML.Spiking.Samples;

/// <summary>
/// Which rows a process holds of those that several train on together: row r is of share r mod <paramref name="Shares"/>, and each process has as many shares.
/// </summary>
/// <param name="Shares">Shares that all rows are in: as many as a batch has blocks, however many processes there are.</param>
/// <param name="First">The first of this process.</param>
/// <param name="Count">How many it has.</param>
internal readonly record struct RowShare(int Shares, int First, int Count)
{
    /// <summary>The rows that a process learns from.</summary>
    public static RowShare ToLearnFrom(SpikingNetworkOptions options)
    {
        if (options.Communicator is not { } others) return new RowShare(options.GradientBlocks ?? 1, 0, options.GradientBlocks ?? 1);
        int shares = options.GradientBlocks ?? TrainingRecipe.SharedBlocks, own = shares / others.Size;
        return new RowShare(shares, own * others.Rank, own);
    }

    /// <summary>The rows that a process measures on: what comes of one depends on nothing else, so there are no blocks to mind.</summary>
    public static RowShare ToMeasureOn(SpikingNetworkOptions options) => new(options.Communicator?.Size ?? 1, options.Communicator?.Rank ?? 0, 1);

    /// <summary>Processes that have other rows.</summary>
    public int Others => Shares / Count - 1;

    /// <summary>Whether a row is among them.</summary>
    /// <param name="row">Its number; in a block of an epoch, its turn in it.</param>
    public bool Has(int row) => row % Shares - First is var place && place >= 0 && place < Count;
}
