using Microsoft.ML.Spiking.Codes;

namespace Microsoft.ML.Spiking.Samples;

/// <summary>Rows to train or to measure on: held in memory, or read again whenever they are needed.</summary>
internal abstract class LabelledRows
{
    /// <summary>How many.</summary>
    public abstract int Count { get; }

    /// <summary>All rows where they are held, else the first of them.</summary>
    public abstract TrainingSamples First { get; }

    /// <summary>What their features are like.</summary>
    public abstract FeatureStatistics Statistics();

    /// <summary>Rows of each class, [K].</summary>
    public abstract int[] OfClasses(int classes);

    /// <summary>How much each counts; null where all count alike.</summary>
    /// <param name="classes">The weight of each class; null where they count alike.</param>
    public abstract RowWeights? Weights(double[]? classes);

    /// <summary>What tells them from other rows.</summary>
    public abstract RowDigests Digests(RowWeights? weights);

    /// <summary>Rows in their order: all at once where they are held, else some at a time, which take the room of those before.</summary>
    /// <param name="most">How many at the most of rows that are not held; of more than that, some from everywhere, evenly.</param>
    public abstract IEnumerable<TrainingSamples> InOrder(int most = int.MaxValue);
}
