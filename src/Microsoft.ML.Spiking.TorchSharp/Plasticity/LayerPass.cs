using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Plasticity;

/// <summary>What a layer did with a batch.</summary>
/// <param name="AllRates">The columns' signed rates, [time, batch, column].</param>
/// <param name="Counted">Each neuron's spikes, each counted with its column's influence, summed over time: [batch, column, neuron].</param>
/// <param name="Sign">+1 for excitatory neurons, -1 for inhibitory ones, [neuron] of a column.</param>
/// <param name="SignShare">The sign over the number of time steps.</param>
internal sealed record LayerPass(Tensor AllRates, Tensor Counted, Tensor Sign, Tensor SignShare)
{
    /// <summary>The rates' means over the batch, [time, column].</summary>
    public Tensor Rates() => AllRates.mean([1]);

    /// <summary>The signed spikes that were counted, [batch, column, neuron].</summary>
    public Tensor Accumulated() => Counted * Sign;

    /// <summary>The same a time step.</summary>
    public Tensor SpikeRates() => Counted * SignShare;
}
