namespace Microsoft.ML.Spiking.Fitting;

/// <summary><see cref="EpochMetrics"/> in the midst of an epoch.</summary>
/// <param name="Sums">Of cross entropy, weight of the rows classified rightly and spike rate, and of the rate of each column.</param>
/// <param name="Rows">Rows seen.</param>
/// <param name="Batches">Batches seen.</param>
/// <param name="LearningRate">The readout's learning rate of the last batch.</param>
internal sealed record EpochSums(double[] Sums, long Rows, long Batches, double LearningRate)
{
    /// <summary>The weight of all rows seen; null, as an older version left it, where each weighs 1.</summary>
    public double? Weight { get; init; }
}
