using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Torch;

/// <summary>What the neurons of a layer did with a batch over all time steps, and the way back through them.</summary>
/// <param name="spikes">0 or 1, [time, batch, neuron], outside any graph.</param>
internal abstract class NeuronRun(Tensor spikes) : IDisposable
{
    /// <summary>The spikes, 0 or 1, [time, batch, neuron]; outside any graph.</summary>
    public Tensor Spikes { get; } = spikes.DetachFromDisposeScope();

    /// <summary>From the loss's gradient by the spikes to that by the currents, both [time, batch, neuron]; where the layer learns.</summary>
    /// <param name="gradient">By the spikes; what it holds may be lost.</param>
    public abstract Tensor Backward(Tensor gradient);

    public virtual void Dispose()
    {
        Spikes.Dispose();
        GC.SuppressFinalize(this);
    }
}
