using TorchSharp;
using static Microsoft.ML.Spiking.Native.RootedScalars;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>One column's excitatory or inhibitory neurons, as the reference program has them: a linear layer and a LIF update.</summary>
/// <remarks>
/// Each operation makes a new tensor, as there. The weights ask for no gradient: spikes pass none on, and so the loop is timed without
/// a graph that nothing would read.
/// </remarks>
internal sealed class ReferencePopulation(LifNeuron neuron, Tensor weights) : IDisposable
{
    private readonly Tensor _weights = weights.DetachFromDisposeScope();
    private Tensor? _synapse, _membrane;

    /// <summary>At rest, before a batch.</summary>
    public void Rest(long batch)
    {
        Forget();
        _synapse = zeros([batch, _weights.shape[0]]).DetachFromDisposeScope();
        _membrane = zeros_like(_synapse).DetachFromDisposeScope();
    }

    /// <summary>One time step; 1 where a neuron fires, [batch, neuron].</summary>
    /// <param name="input">[batch, input].</param>
    public Tensor Step(Tensor input)
    {
        Tensor synapse = _synapse!.mul(((double)neuron.SynapseDecay).Rooted()).add(nn.functional.linear(input, _weights), One);
        Tensor membrane = _membrane!.mul(((double)neuron.MembraneDecay).Rooted()).add(synapse, One);
        Tensor spike = membrane.ge(((double)neuron.Threshold).Rooted()).to_type(float32);
        // The reset is 0, as in the reference.
        membrane = membrane - membrane * spike;
        Forget();
        (_synapse, _membrane) = (synapse.DetachFromDisposeScope(), membrane.DetachFromDisposeScope());
        return spike;
    }

    public void Dispose()
    {
        Forget();
        _weights.Dispose();
    }

    private void Forget()
    {
        _synapse?.Dispose();
        _membrane?.Dispose();
    }
}
