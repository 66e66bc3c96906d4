using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Torch;

/// <summary>What a training step found, as tensors on the device, so that reading them is the caller's choice.</summary>
/// <param name="Logits">[batch, class].</param>
/// <param name="LogProbabilities">Their log softmax, [batch, class].</param>
/// <param name="Targets">The gradient of the loss by that, [batch, class].</param>
/// <param name="ColumnRates">Mean over batch and neurons of |spike rate|, [column of any layer].</param>
internal sealed record StepResult(Tensor Logits, Tensor LogProbabilities, Tensor Targets, Tensor ColumnRates)
{
    /// <summary>Mean over the batch, weighted where rows are, in nats.</summary>
    public Tensor CrossEntropy() => (LogProbabilities * Targets).sum(float32);
}
