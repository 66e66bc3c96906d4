namespace Microsoft.ML.Spiking;

/// <summary>What an epoch left in the history of a model.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Loss">Mean cross entropy, in nats, over its batches.</param>
/// <param name="Accuracy">Training accuracy, with dropout and noise on.</param>
/// <param name="ValidationAccuracy">Accuracy on the validation rows; null without such rows.</param>
/// <param name="SpikeRate">Mean firing rate, in spikes per neuron and time step.</param>
/// <param name="ConnectionDensity">Connections between columns, as a fraction of all possible ones.</param>
/// <param name="LearningRate">The readout's learning rate of its last batch.</param>
public sealed record EpochRecord(
    int Epoch, double Loss, double Accuracy, double? ValidationAccuracy, double SpikeRate, double ConnectionDensity, double LearningRate);
