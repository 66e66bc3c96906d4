using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Codes;

/// <summary>What the columns are shown of a batch.</summary>
/// <param name="Input">Spikes, [time, batch, input], or an input that is the same in every step, [batch, input].</param>
/// <param name="Probability">The probability of the spikes, [batch, input], where the loss's gradient goes on to it; else null.</param>
internal sealed record ShownBatch(Tensor Input, Tensor? Probability);
