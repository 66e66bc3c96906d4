using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Torch;

/// <summary>What the neurons of a layer did with a batch over all time steps, and the way back through them.</summary>
/// <param name="spikes">0 or 1, [time, batch, neuron].</param>
/// <param name="learns">Whether the loss is to have a gradient by the spikes.</param>
internal abstract class NeuronRun(Tensor spikes, bool learns) : IDisposable
{
    /// <summary>
    /// The spikes, 0 or 1, [time, batch, neuron]. Where the layer learns, they are a leaf of the loss's graph: autograd goes back to here, and
    /// <see cref="Backward"/> on.
    /// </summary>
    public Tensor Spikes { get; } = (learns ? spikes.requires_grad_() : spikes).DetachFromDisposeScope();

    /// <summary>From the loss's gradient by the spikes to that by the currents, both [time, batch, neuron].</summary>
    public abstract Tensor Backward(Tensor gradient);

    public virtual void Dispose()
    {
        Spikes.Dispose();
        GC.SuppressFinalize(this);
    }
}
