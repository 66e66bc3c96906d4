using Microsoft.ML.Spiking.Descent;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Plasticity;
using Microsoft.ML.Spiking.State;

namespace Microsoft.ML.Spiking.Engines;

/// <summary>
/// Runs a network's layers over time. The seam between three implementations of the same equations: <c>TorchEngine</c>, plain tensor operations on
/// any device and the oracle of the tests; <c>CpuEngine</c>, event-driven kernels for the CPU; and <c>TableEngine</c>, faster where
/// the weights are not trained.
/// </summary>
internal abstract class TrainingEngine : IDisposable
{
    /// <summary>Shows the layers rows of the training data, with fresh noise.</summary>
    /// <param name="network">The connections between the columns and the input scale.</param>
    /// <param name="rows">Which rows.</param>
    /// <param name="random">The batch's own source of noise.</param>
    /// <returns>What each layer did.</returns>
    public abstract IReadOnlyList<LayerPass> Run(NetworkTensors network, ReadOnlySpan<int> rows, CounterRandom random);

    /// <summary>Completes the gradients, once the loss has been differentiated, with what autograd does not see.</summary>
    public virtual void Backward(NetworkTensors network, IReadOnlyList<LayerPass> passes) { }

    /// <summary>Hands the optimiser what learns in the layers themselves.</summary>
    public virtual void Train(GradientDescent descent) { }

    /// <summary>The weights of a layer's inputs as they are now, [column, neuron, input].</summary>
    public abstract float[] InputWeights(int layer);

    /// <summary>What else learns in the layers, for a checkpoint; the weights are the engine's from its beginning.</summary>
    public virtual IEnumerable<StateArray> State => [];

    /// <summary>The network with what it says of the neurons as learning has made it.</summary>
    public virtual SpikingNetwork Learnt(SpikingNetwork network) => network;

    public abstract void Dispose();
}
