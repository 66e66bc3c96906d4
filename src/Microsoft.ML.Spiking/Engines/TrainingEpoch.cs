namespace Microsoft.ML.Spiking.Engines;

/// <summary>What an epoch trains on, in its order: one object for all of its batches, so that an engine may bring it to where it computes once.</summary>
/// <param name="Rows">Which rows of the training data, [place].</param>
/// <param name="Labels">Their classes from 0, [place].</param>
/// <param name="Weights">How much each counts in the loss, [place], 1 on the mean of all training rows; null where all count alike.</param>
internal sealed record TrainingEpoch(int[] Rows, int[] Labels, float[]? Weights);
