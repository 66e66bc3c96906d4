namespace Microsoft.ML.Spiking.Engines;

/// <summary>
/// What an epoch, or a block of one, trains on, in its order: one object for all of its batches, so that an engine may bring it to where it computes once.
/// </summary>
/// <param name="Rows">Which of the rows that the engine has, [place].</param>
/// <param name="Labels">Their classes from 0, [place].</param>
/// <param name="Weights">How much each counts in the loss, [place], 1 on the mean of all training rows; null where all count alike.</param>
internal sealed record TrainingEpoch(int[] Rows, int[] Labels, float[]? Weights);
