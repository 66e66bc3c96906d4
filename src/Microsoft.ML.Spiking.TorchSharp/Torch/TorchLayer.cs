using Microsoft.ML.Spiking.Descent;
using Microsoft.ML.Spiking.Engines;
using Microsoft.ML.Spiking.Native;
using Microsoft.ML.Spiking.Plasticity;
using Microsoft.ML.Spiking.State;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Torch;

/// <summary>A layer as plain tensor operations, on any device.</summary>
/// <param name="layer">The layer.</param>
/// <param name="device">Where to compute.</param>
internal abstract class TorchLayer(Layer layer, Device device) : IDisposable
{
    /// <summary>Windows that its spikes are counted in.</summary>
    public int Windows { get; init; } = 1;

    /// <summary>The time constant of a readout that forgets; null where its spikes count alike.</summary>
    public double? TimeConstant { get; init; }

    /// <summary>Whether the readout reads on from window to window, all that has come since the first step.</summary>
    public bool ReadsOn { get; init; }

    /// <summary>The neurons' constants.</summary>
    public NeuronTensors Neurons { get; } = new NeuronTensors(layer, device);

    /// <summary>Whether the layer's weights learn, and with them those of the layers below it.</summary>
    public bool Learns => Learning is not null;

    /// <summary>Whether the weights are all finite. Waits for the device.</summary>
    public abstract bool HasFiniteWeights { get; }

    /// <summary>The spikes that the last run passes on, [time, batch, neuron].</summary>
    public abstract Tensor Spikes { get; }

    /// <summary>What learns or is measured besides the weights, for a checkpoint.</summary>
    public virtual IEnumerable<StateArray> State => Neurons.State;

    /// <summary>How the weights learn; null where they do not.</summary>
    protected Surrogate? Learning => layer.Learning as Surrogate;

    /// <summary>Runs the layer, and remembers what it needs for the way back.</summary>
    /// <param name="tensors">The connections within it.</param>
    /// <param name="input">[time, batch, input], or [batch, input] where it is the same in every step.</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="there">1 where a row is there, 0 after its end, [time, batch]; null where all rows have all steps.</param>
    public abstract LayerPass Run(LayerTensors tensors, Tensor input, long steps, Tensor? there = null);

    /// <summary>Goes back through the last run, when the loss has been differentiated: leaves the gradients of what the layer learns.</summary>
    /// <param name="above">The gradient by the spikes that the layer above has found; null where there is none.</param>
    /// <param name="pull">The gradient by the columns' rates; null where the loss does not depend on them.</param>
    /// <returns>The gradient by the currents, [time, batch, neuron]; null where the layer does not learn.</returns>
    public abstract Tensor? Backward(Tensor? above, RatePull? pull = null);

    /// <summary>From the gradient by the currents, [.., neuron], to that by the inputs, [.., input].</summary>
    public abstract Tensor ToInput(Tensor ofCurrents);

    /// <summary>Forgets the last run.</summary>
    public abstract void Forget();

    /// <summary>Hands the optimiser what learns.</summary>
    public abstract void Train(TensorDescent descent);

    /// <summary>The weights as they are stored, [set, synapse].</summary>
    public abstract float[] InputWeights();

    /// <summary>What makes its currents of its inputs in a trained network.</summary>
    public virtual NeuronInput Learnt() => new(InputWeights(), []);

    public virtual void Dispose()
    {
        Neurons.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The loss's gradient by what was counted, as that lies; null where it does not depend on it.</summary>
    /// <param name="counted">What was counted, [batch, column, neuron] or [batch, window, column, neuron], and autograd's gradient by it.</param>
    /// <param name="pull">The gradient by the columns' rates; null where the loss does not depend on them.</param>
    /// <param name="windows">The windows; null where all is counted over all steps.</param>
    /// <param name="steps">Time steps.</param>
    protected static Tensor? OfCounted(Tensor counted, RatePull? pull, StepWindows? windows, long steps)
    {
        Tensor? found = counted.grad;
        if (pull is null) return found;
        double rows = (double)counted.shape[0] * counted.shape[^1];
        if (windows is not null)
        {
            // A column's rate is the mean of |counted in all windows| / the row's own steps.
            Tensor each = pull.Deviations.unsqueeze(1).mul((pull.Factor / rows).Rooted()) * windows.RowShare.unsqueeze(1);
            if (pull.OfSpikes is { } ofSpikes) each.add_(ofSpikes, (1.0 / counted.shape[0]).Rooted());
            Tensor ofAll = found ?? zeros_like(counted, requires_grad: false);
            (windows.CountsApart ? ofAll.narrow(1, windows.Count - 1, 1) : ofAll).add_(windows.Whole(counted).sgn() * each, RootedScalars.One);
            return ofAll;
        }
        // A column's rate is the mean of |counted| / steps.
        return (found ?? zeros_like(counted, requires_grad: false)).addcmul_(
            counted.sgn(), pull.Deviations.unsqueeze(1), (pull.Factor / (steps * rows)).Rooted());
    }

    /// <summary>Adds to what a parameter's gradient is so far.</summary>
    public static void AddTo(Parameter parameter, Tensor gradient)
        => parameter.grad = parameter.grad is { } earlier ? earlier.add_(gradient, RootedScalars.One) : gradient;
}
