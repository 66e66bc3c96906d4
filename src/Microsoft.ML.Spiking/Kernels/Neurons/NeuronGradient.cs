namespace Microsoft.ML.Spiking.Kernels;

/// <summary>Back through <see cref="NeuronKernels"/>, from the last step to the first: from the gradient of spikes to that of input currents.</summary>
internal abstract class NeuronGradient
{
    /// <summary>How many numbers of each lane <see cref="Step"/> carries on.</summary>
    public abstract int CarriedSize { get; }

    /// <summary>Back through all time steps, what is carried on in registers throughout.</summary>
    /// <param name="panel">Which 64 lanes.</param>
    /// <param name="kept">What was kept, [step, kept, lane].</param>
    /// <param name="gradient">∂loss/∂spike, [step, lane]; receives ∂loss/∂current.</param>
    /// <param name="constants">Receives ∂loss/∂constant, [constant, lane], of neurons whose constants learn; empty where nobody asks.</param>
    public abstract void Run(int panel, ReadOnlySpan<float> kept, Span<float> gradient, Span<float> constants = default);

    /// <summary>Back through one time step, what is carried on in memory: for neurons that hear each other.</summary>
    /// <param name="panel">Which 64 lanes.</param>
    /// <param name="step">What the step's gradient is made of.</param>
    /// <param name="kept">What was kept of the step, [kept, lane].</param>
    /// <param name="currents">Receives ∂loss/∂current, [lane]; may lie on any of what was kept.</param>
    public abstract void Step(int panel, in StepGradient step, ReadOnlySpan<float> kept, Span<float> currents);

    /// <summary>Leaves the gradients by the constants of neurons whose constants learn, after the first <see cref="Step"/>; else nothing.</summary>
    /// <param name="panel">Which 64 lanes.</param>
    /// <param name="carried">What the steps have carried, [word, number, lane] of all panels.</param>
    /// <param name="constants">Receives ∂loss/∂constant, [constant, lane].</param>
    public abstract void Leave(int panel, Span<float> carried, Span<float> constants);
}
