using Microsoft.ML.Spiking.Codes;

namespace Microsoft.ML.Spiking.Samples;

/// <summary>Rows that memory does not hold: they are read again from their view whenever they are needed, and must come as they came before.</summary>
/// <param name="view">The view.</param>
/// <param name="columns">Their columns of it.</param>
/// <param name="census">What the first reading left of them.</param>
/// <param name="first">The first of them, and what all are like.</param>
/// <param name="empty">Makes samples for some of them.</param>
internal sealed class StreamedRows(IDataView view, TrainingColumns columns, RowCensus census, TrainingSamples first, Func<TrainingSamples> empty) : LabelledRows
{
    private const int MostFirst = 2000, MostTogether = 4096;

    private const long BlockBytes = 64 << 20, TogetherBytes = 16 << 20;

    public override int Count => census.Count;

    public override TrainingSamples First => first;

    /// <summary>Where they are read.</summary>
    public IDataView View => view;

    /// <summary>Their columns of it.</summary>
    public TrainingColumns Columns => columns;

    /// <summary>What the first reading left of them.</summary>
    public RowCensus Census => census;

    /// <summary>Rows of a block, where nothing says how many: as many as are shuffled together at little cost, which no machine has a say in.</summary>
    public static int BlockRows(InputShape shape) => RowsIn(BlockBytes, shape, int.MaxValue);

    /// <summary>Rows that stay in memory, in every process: a network's columns are measured on as many, which take no more than a block.</summary>
    public static int FirstRows(InputShape shape) => RowsIn(BlockBytes, shape, MostFirst);

    public override FeatureStatistics Statistics() => first.Statistics();

    public override int[] OfClasses(int classes) => census.OfClasses(classes);

    public override RowWeights? Weights(double[]? classes) => census.Weights(classes);

    public override RowDigests Digests(RowWeights? weights) => census.Digests(weights);

    /// <summary>Makes samples for some of them.</summary>
    public TrainingSamples Empty() => empty();

    public override IEnumerable<TrainingSamples> InOrder(int most)
    {
        long wanted = Math.Min(most, Count);
        int together = RowsIn(TogetherBytes, columns.Input, MostTogether);
        using var stream = new RowStream(this, first: 0, CancellationToken.None);
        TrainingSamples samples = empty();
        for (int row = 0; row < Count; row++)
        {
            if ((row + 1) * wanted / Count == row * wanted / Count)
            {
                stream.Skip();
                continue;
            }
            stream.Read(samples);
            if (samples.Count < together) continue;
            yield return samples;
            samples.Clear();
        }
        if (samples.Count > 0) yield return samples;
    }

    private static int RowsIn(long bytes, InputShape shape, int most) => (int)Math.Clamp(bytes / TrainingSamples.BytesOf(shape), 1, most);
}
