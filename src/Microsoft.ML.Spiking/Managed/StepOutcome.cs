namespace Microsoft.ML.Spiking.Managed;

/// <summary>What a training step found.</summary>
/// <param name="Logits">[sample, class].</param>
/// <param name="ColumnRates">Mean over batch and neurons of |spike rate|, [column of any layer].</param>
/// <param name="CrossEntropy">Mean over the batch, weighted where rows are, in nats.</param>
/// <param name="RateLosses">mean((columnRates - targetRate)²) of each layer, before its weight, [layer].</param>
/// <param name="Loss">What is differentiated.</param>
internal sealed record StepOutcome(float[] Logits, float[] ColumnRates, double CrossEntropy, float[] RateLosses, double Loss)
{
    /// <summary>What the rows weigh together that were classified rightly; their number where all count alike.</summary>
    public double Right { get; init; }
}
