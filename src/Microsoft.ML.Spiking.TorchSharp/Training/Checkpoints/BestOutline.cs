namespace Microsoft.ML.Spiking;

/// <summary>The best model so far, besides its arrays.</summary>
/// <param name="Accuracy">On the validation rows.</param>
/// <param name="Epoch">Its epoch.</param>
/// <param name="Updates">Batches that made it.</param>
/// <param name="Excitatory">Its neurons, as they were learnt.</param>
/// <param name="Inhibitory">Its neurons, as they were learnt.</param>
/// <param name="TargetRate">The rate that homeostasis aimed at.</param>
internal sealed record BestOutline(double? Accuracy, int Epoch, int Updates, LifNeuron Excitatory, LifNeuron Inhibitory, float TargetRate);
