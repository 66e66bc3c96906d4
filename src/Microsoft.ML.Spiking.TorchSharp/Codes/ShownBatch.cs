using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Codes;

/// <summary>What the columns are shown of a batch.</summary>
/// <param name="Input">Spikes, [time, batch, input], or an input that is the same in every step, [batch, input].</param>
/// <param name="Probability">The probability of the spikes, [batch, input], where the loss's gradient goes on to it; else null.</param>
/// <param name="There">1 where a sequence is there, 0 after its end, [time, batch]; null where all rows have all steps.</param>
internal sealed record ShownBatch(Tensor Input, Tensor? Probability, Tensor? There = null);
