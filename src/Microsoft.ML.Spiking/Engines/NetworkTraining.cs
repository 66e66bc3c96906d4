using Microsoft.ML.Spiking.Samples;
using Microsoft.ML.Spiking.State;

namespace Microsoft.ML.Spiking.Engines;

/// <summary>
/// A network in training on one engine: all that its steps change, and the steps. The seam between two implementations of the same equations:
/// <c>ManagedTraining</c>, on the CPU without any native library, and <c>TorchTraining</c> of the TorchSharp library, plain tensor operations and autograd on
/// any device, the oracle of the tests.
/// </summary>
internal abstract class NetworkTraining : IDisposable
{
    /// <summary>Where it computes, as in "CPU" or "CUDA 0".</summary>
    public abstract string Device { get; }

    /// <summary>Version of TorchSharp; null where it takes no part.</summary>
    public virtual string? TorchSharp => null;

    /// <summary>What a log is told of how it computes; null where there is nothing to tell.</summary>
    public virtual string? Remark => null;

    /// <summary>Steps done.</summary>
    public abstract int Batches { get; }

    /// <summary>The connections that formed and went, in order.</summary>
    public abstract IReadOnlyList<StructuralChange> Journal { get; }

    /// <summary>The readout's learning rate in the next step.</summary>
    public abstract double LearningRate { get; }

    /// <summary>What a checkpoint holds of it besides the weights of the layers' inputs, whose names do not depend on the engine.</summary>
    public abstract IReadOnlyList<StateArray> State { get; }

    /// <summary>Steps of the optimiser, of each set of weights.</summary>
    public abstract int[] OptimiserSteps { get; }

    /// <summary>
    /// Sums over the steps since they were set: of cross entropy, of the weight of rows that were classified rightly, of the mean spike rate, and of the
    /// rate of each column. Waits for the device.
    /// </summary>
    public abstract double[] Sums { get; set; }

    /// <summary>Plasticity's part of all that moved the connections' weights since <see cref="ForgetMotion"/>, 0 to 1; null where nothing did.</summary>
    public abstract double? StdpShare { get; }

    /// <summary>Begins to reckon <see cref="StdpShare"/> anew.</summary>
    public abstract void ForgetMotion();

    /// <summary>Waits for the device to have done what was asked of it; at once where an engine does it when asked.</summary>
    public virtual void Wait()
    {
    }

    /// <summary>Brings the rows that batches name from now on, in place of those before.</summary>
    public abstract void Show(TrainingSamples samples);

    /// <summary>Learns from a batch.</summary>
    public abstract void Learn(TrainingBatch batch);

    /// <summary>What all rows of the batch weigh together that it has just learnt from.</summary>
    public virtual double Weight(TrainingBatch batch) => batch.TotalWeight;

    /// <summary>Goes on where another training of such a network stopped, of which <see cref="State"/> has been put back.</summary>
    /// <param name="batches">Steps done.</param>
    /// <param name="optimiserSteps">As <see cref="OptimiserSteps"/> gives them, and as many.</param>
    /// <param name="journal">The connections that formed and went.</param>
    public abstract void Resume(int batches, int[] optimiserSteps, IEnumerable<StructuralChange> journal);

    /// <summary>The network as it is now.</summary>
    public abstract LearntNetwork Learnt();

    /// <summary>The connections of a layer as they are now, 1 where there is one, [post, pre].</summary>
    public abstract float[] Topology(int layer);

    /// <summary>The weights of a layer's inputs as they are now, [column, neuron, input].</summary>
    public abstract float[] InputWeights(int layer);

    /// <summary>Whether they are all finite. Waits for the device.</summary>
    public virtual bool HasFiniteInputWeights(int layer) => StateArray.AreFinite(InputWeights(layer));

    public virtual void Dispose() => GC.SuppressFinalize(this);
}
