using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Torch;

/// <summary>What a training step found, as tensors on the device, so that reading them is the caller's choice.</summary>
/// <param name="Logits">[batch, class].</param>
/// <param name="ColumnRates">Mean over batch and neurons of |spike rate|, [column of any layer].</param>
/// <param name="MeanRate">Their mean.</param>
/// <param name="CrossEntropy">Mean over the batch, weighted where rows are, in nats.</param>
internal sealed record StepResult(Tensor Logits, Tensor ColumnRates, Tensor MeanRate, Tensor CrossEntropy);
