using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Plasticity;

/// <summary>What a layer did with a batch.</summary>
/// <param name="AllRates">The columns' signed rates, [time, batch, column].</param>
/// <param name="Accumulated">Each neuron's signed spikes, each counted with its column's influence, summed over time: [batch, column, neuron].</param>
internal sealed record LayerPass(Tensor AllRates, Tensor Accumulated)
{
    /// <summary>Their means over the batch, [time, column].</summary>
    public Tensor Rates() => AllRates.mean([1]);
}
