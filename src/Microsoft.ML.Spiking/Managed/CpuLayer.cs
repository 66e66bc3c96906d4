using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Descent;
using Microsoft.ML.Spiking.Engines;
using Microsoft.ML.Spiking.State;

namespace Microsoft.ML.Spiking.Managed;

/// <summary>A layer in training on the CPU: it shows its neurons a batch over all time steps, and takes the loss's gradient back through them.</summary>
internal abstract class CpuLayer
{
    /// <summary>Whether the layer's weights learn, and with them those of the layers below it.</summary>
    public abstract bool Learns { get; }

    /// <summary>What learns or is measured in the layer besides its weights, for a checkpoint.</summary>
    public abstract IEnumerable<StateArray> State { get; }

    /// <summary>What the layer has measured of the batch, to go on from batch to batch: each a mean over the batch's rows.</summary>
    public abstract float[][] Measured { get; }

    /// <summary>Takes into what lasts what was measured of a batch.</summary>
    /// <param name="measured">As <see cref="Measured"/> gives it.</param>
    public abstract void Remember(ReadOnlySpan<float[]> measured);

    /// <summary>A layer whose weights, gradients and state are this one's, with room for another block of the batch.</summary>
    public abstract CpuLayer Twin();

    /// <summary>Shows the layer a batch.</summary>
    /// <param name="layer">What connects its columns and neurons.</param>
    /// <param name="stimuli">What each sample is shown.</param>
    /// <param name="batch">Number of samples.</param>
    public abstract LayerActivity Run(LayerArrays layer, IReadOnlyList<Stimulus> stimuli, int batch);

    /// <summary>Shows the layer what the one before it has fired.</summary>
    /// <param name="layer">What connects its columns and neurons.</param>
    /// <param name="before">The layer before it, which has run.</param>
    /// <param name="batch">Number of samples.</param>
    public virtual LayerActivity Run(LayerArrays layer, CpuLayer before, int batch) => Run(layer, before.Spikes(batch), batch);

    /// <summary>The spikes of the neurons in the batch, for the next layer.</summary>
    public abstract IReadOnlyList<Stimulus> Spikes(int batch);

    /// <summary>From ∂loss/∂accumulated to the gradients of all that learns in the layer.</summary>
    /// <param name="layer">What connects its columns, whose gradient is written.</param>
    /// <param name="activity">What the layer did, and ∂loss/∂accumulated.</param>
    /// <param name="next">The layer that reads its spikes, after its own backward pass; null where there is none.</param>
    public abstract void Backward(LayerArrays layer, LayerActivity activity, CpuLayer? next);

    /// <summary>
    /// What its currents owe to its inputs, after <see cref="Backward"/>, of a layer that learns and follows another: Σ over its neurons of
    /// w[n, i] · ∂loss/∂current[t, n]. Threads may ask at once.
    /// </summary>
    /// <param name="first">The first sample.</param>
    /// <param name="gradient">Receives ∂loss/∂input of as many samples as it holds, [sample, step, input].</param>
    public abstract void OfInputs(int first, Span<float> gradient);

    /// <summary>Leaves the gradient of the input scale, after <see cref="Backward"/>.</summary>
    public abstract void LeaveInputScale(NetworkArrays network);

    /// <summary>Hands the optimiser what learns in the layer itself.</summary>
    public abstract void Train(GradientDescent descent);

    /// <summary>The weights of its inputs as they are now, as they are stored.</summary>
    public abstract float[] InputWeights();

    /// <summary>The layer with its neurons as they are now; null where none of their constants learns.</summary>
    public abstract Layer? Now();

    /// <summary>What makes its currents of its inputs in a trained network.</summary>
    public abstract NeuronInput Learnt();
}
