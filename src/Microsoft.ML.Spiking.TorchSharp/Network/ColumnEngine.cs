namespace Microsoft.ML.Spiking;

/// <summary>
/// Runs the columns over time. The seam between three implementations of the same equations: <see cref="TorchColumns"/>, plain tensor operations on
/// any device and the oracle of the tests; <see cref="CpuColumns"/>, event-driven kernels for the CPU; and <see cref="TableColumns"/>, faster where
/// the processor has AVX-512 and the weights are not trained.
/// </summary>
internal abstract class ColumnEngine : IDisposable
{
    /// <summary>Shows the columns rows of the training data, with fresh noise.</summary>
    /// <param name="network">The connections between the columns and the input scale.</param>
    /// <param name="rows">Which rows.</param>
    /// <param name="random">The batch's own source of noise.</param>
    public abstract ColumnPass Run(SpikingNetwork network, ReadOnlySpan<int> rows, CounterRandom random);

    /// <summary>Completes the gradients, once the loss has been differentiated, with what autograd does not see.</summary>
    public virtual void Backward(SpikingNetwork network, ColumnPass pass) { }

    /// <summary>Hands the optimiser what learns in the columns themselves.</summary>
    public virtual void Train(GradientDescent descent) { }

    /// <summary>The columns' weights as they are now, [column, neuron, input].</summary>
    public abstract float[] ColumnWeights();

    /// <summary>What else learns in the columns, for a checkpoint; the weights are the engine's from its beginning.</summary>
    public virtual IEnumerable<StateArray> State => [];

    /// <summary>The options with what they say of the neurons as learning has made it.</summary>
    public virtual SpikingNetworkOptions Learnt(SpikingNetworkOptions options) => options;

    public abstract void Dispose();
}
