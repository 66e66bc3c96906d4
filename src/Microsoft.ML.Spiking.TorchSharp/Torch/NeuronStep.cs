using static Microsoft.ML.Spiking.Native.RootedScalars;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Torch;

/// <summary>A time step of a <see cref="Neuron"/> on tensors, each [batch, neuron] or [neuron].</summary>
internal abstract class NeuronStep
{
    /// <summary>Tensors of state, all of which start at 0.</summary>
    public abstract int States { get; }

    public static NeuronStep Of(Neuron neuron) => neuron switch
    {
        LifNeuron => new LifStep(),
        AdaptiveLifNeuron => new AdaptiveLifStep(),
        _ => throw new NotSupportedException($"{neuron.GetType().Name} has no form on tensors."),
    };

    /// <summary>Takes a step.</summary>
    /// <param name="constants">In the order of <see cref="Neuron.Constants"/>.</param>
    /// <param name="state">Before it.</param>
    /// <param name="current">What the inputs add.</param>
    /// <param name="learning">How spikes are differentiated; null where they are not.</param>
    /// <returns>The spikes, 0 or 1, and the state afterwards.</returns>
    public abstract (Tensor Spike, Tensor[] State) Take(Tensor[] constants, Tensor[] state, Tensor current, Surrogate? learning);

    /// <summary>The spikes, and the membranes that they leave.</summary>
    /// <param name="membrane">Before the reset.</param>
    /// <param name="threshold">Of each neuron now.</param>
    /// <param name="reset">Of each neuron.</param>
    /// <param name="learning">How spikes are differentiated; null where they are not.</param>
    protected static (Tensor Spike, Tensor Membrane) Fire(Tensor membrane, Tensor threshold, Tensor reset, Surrogate? learning)
    {
        Tensor fired = membrane.ge(threshold);
        Tensor spike = learning?.Gradient.Spike(fired, membrane - threshold) ?? fired.to_type(float32);
        return (spike, learning?.Reset == ResetGradient.Attached ? membrane.add(spike * (reset - membrane), One) : where(fired, reset, membrane));
    }
}
