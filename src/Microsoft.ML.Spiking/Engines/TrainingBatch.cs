using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Engines;

/// <summary>What one step trains on.</summary>
/// <param name="Rows">Which rows of the training data.</param>
/// <param name="Labels">Their classes from 0.</param>
/// <param name="Weights">
/// How much each counts in the loss, 1 on the mean of all training rows; null where all count alike. Plasticity and homeostasis follow what the columns do,
/// whatever a row weighs.
/// </param>
/// <param name="Noise">The batch's own source of noise.</param>
internal sealed record TrainingBatch(int[] Rows, int[] Labels, float[]? Weights, CounterRandom Noise)
{
    /// <summary>What all rows weigh together; their number where all count alike.</summary>
    public double TotalWeight => Weights?.Sum(weight => (double)weight) ?? Rows.Length;
}
