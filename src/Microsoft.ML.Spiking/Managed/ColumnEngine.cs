using Microsoft.ML.Spiking.Descent;
using Microsoft.ML.Spiking.Engines;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Samples;
using Microsoft.ML.Spiking.State;

namespace Microsoft.ML.Spiking.Managed;

/// <summary>
/// Runs a network's layers over time on the CPU, and takes the loss's gradient back through them: <see cref="CpuEngine"/>, event-driven kernels for every
/// network, and <see cref="TableEngine"/>, faster where the weights are not trained.
/// </summary>
internal abstract class ColumnEngine
{
    /// <summary>The training data, or the block of it that batches are of now; null where only given spikes are run.</summary>
    public TrainingSamples? Samples { get; set; }

    /// <summary>Shows the layers rows of the training data, with fresh noise.</summary>
    /// <param name="network">The connections between the columns and the input scale.</param>
    /// <param name="rows">Which rows.</param>
    /// <param name="random">The batch's own source of noise.</param>
    /// <returns>What each layer did.</returns>
    public abstract IReadOnlyList<LayerActivity> Run(NetworkArrays network, int[] rows, CounterRandom random);

    /// <summary>From what the loss makes of the neurons' sums, the gradients of the connections and of all that learns in the layers.</summary>
    public abstract void Backward(NetworkArrays network, IReadOnlyList<LayerActivity> layers);

    /// <summary>What learns or is measured in the layers besides their weights, for a checkpoint.</summary>
    public virtual IEnumerable<StateArray> State => [];

    /// <summary>What the layers have measured of the batch, to go on from batch to batch: each a mean over the batch's rows.</summary>
    public virtual float[][] Measured => [];

    /// <summary>Takes into what lasts what was measured of a batch.</summary>
    /// <param name="measured">As <see cref="Measured"/> gives it.</param>
    public virtual void Remember(ReadOnlySpan<float[]> measured) { }

    /// <summary>
    /// An engine of the same layers, whose weights, gradients and state are these, with room for another block of the batch. One of the two computes at a
    /// time.
    /// </summary>
    public abstract ColumnEngine Twin();

    /// <summary>Hands the optimiser what learns in the layers themselves.</summary>
    public virtual void Train(GradientDescent descent) { }

    /// <summary>The weights of a layer's inputs as they are now, [column, neuron, input].</summary>
    public abstract float[] InputWeights(int layer);

    /// <summary>The layer with its neurons as they are now; null where none of their constants learns.</summary>
    public virtual Layer? Now(int layer) => null;

    /// <summary>What makes the layer's currents of its inputs in a trained network.</summary>
    public virtual NeuronInput Learnt(int layer) => new(InputWeights(layer), []);
}
