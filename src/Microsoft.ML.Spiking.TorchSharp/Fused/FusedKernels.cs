using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Fused;

/// <summary>
/// Each of these is one launch, whatever the number of time steps: <see cref="LifNeuron"/>s over all steps, the way back through them, and the spikes of a
/// Poisson code.
/// </summary>
internal abstract class FusedKernels : IDisposable
{
    /// <summary>The kernels' names: those of the methods of <c>build/Ptx</c>.</summary>
    public const string Neurons = "Neurons", NeuronsBack = "NeuronsBack", Spikes = "Spikes";

    /// <summary>Runs neurons over all steps.</summary>
    /// <param name="currents">[time, batch, neuron]; becomes the membranes before their resets.</param>
    /// <param name="constants">In the order of <see cref="Neuron.Constants"/>, [constant, neuron].</param>
    /// <returns>The spikes, 0 or 1, [time, batch, neuron].</returns>
    public Tensor Run(Tensor currents, Tensor constants)
    {
        Tensor spikes = empty_like(currents);
        int steps = (int)currents.shape[0], lanes = Lanes(currents);
        Launch(Neurons, lanes,
            [KernelArgument.Of(currents), KernelArgument.Of(spikes), KernelArgument.Of(constants), KernelArgument.Of(steps), KernelArgument.Of(lanes),
                KernelArgument.Of((int)currents.shape[2])]);
        return spikes;
    }

    /// <summary>Goes back through them.</summary>
    /// <param name="gradient">The loss's by the spikes, [time, batch, neuron]; becomes that by the currents.</param>
    /// <param name="membranes">What <see cref="Run"/> has left.</param>
    /// <param name="constants">As there.</param>
    /// <param name="surrogate">How spikes are differentiated.</param>
    public void Back(Tensor gradient, Tensor membranes, Tensor constants, SurrogateGradient surrogate)
    {
        var (shape, height, scale) = Shape(surrogate);
        int steps = (int)gradient.shape[0], lanes = Lanes(gradient);
        Launch(NeuronsBack, lanes,
            [KernelArgument.Of(gradient), KernelArgument.Of(membranes), KernelArgument.Of(constants), KernelArgument.Of(steps), KernelArgument.Of(lanes),
                KernelArgument.Of((int)gradient.shape[2]), KernelArgument.Of(shape), KernelArgument.Of(height), KernelArgument.Of(scale)]);
    }

    /// <summary>Draws the spikes of a Poisson code, [time, batch, input].</summary>
    /// <param name="limits">Below what a whole number of 24 bits is to be for a spike, [batch, input].</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="key">The key of the source of noise.</param>
    public Tensor Draw(Tensor limits, int steps, ulong key)
    {
        Tensor spikes = empty([steps, .. limits.shape], float32, limits.device);
        int lanes = checked((int)limits.numel());
        Launch(Spikes, lanes,
            [KernelArgument.Of(limits), KernelArgument.Of(spikes), KernelArgument.Of(steps), KernelArgument.Of(lanes), KernelArgument.Of(key)]);
        return spikes;
    }

    public abstract void Dispose();

    /// <summary>Launches a kernel.</summary>
    /// <param name="kernel">Its name.</param>
    /// <param name="lanes">How many lanes compute.</param>
    /// <param name="arguments">What follows the number of lanes.</param>
    protected abstract void Launch(string kernel, int lanes, KernelArgument[] arguments);

    private static int Lanes(Tensor ofSteps) => checked((int)(ofSteps.shape[1] * ofSteps.shape[2]));

    /// <summary>What <see cref="KernelEquations.Derivative"/> asks for.</summary>
    private static (int Shape, float Height, float Scale) Shape(SurrogateGradient surrogate) => surrogate switch
    {
        ATan rule => (0, (float)rule.Slope / 2, MathF.PI / 2 * (float)rule.Slope),
        FastSigmoid rule => (1, (float)rule.Slope, 0),
        Triangle rule => (2, 1 / (float)rule.Width, 0),
        StraightThrough => (3, 0, 0),
        _ => throw new NotSupportedException($"{surrogate.GetType().Name} has no form in a fused kernel."),
    };
}
