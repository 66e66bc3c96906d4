using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Plasticity;

/// <summary>What a layer did with a batch.</summary>
/// <param name="Rates">The columns' signed rates, means over the batch, [time, column].</param>
/// <param name="Accumulated">Each neuron's signed spikes, each counted with its column's influence, summed over time: [batch, column, neuron].</param>
internal sealed record LayerPass(Tensor Rates, Tensor Accumulated)
{
    /// <summary>The columns' signed rates, [time, batch, column]; null where no rule reads them.</summary>
    public Tensor? SampleRates { get; init; }
}
