using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>
/// A type of neuron in sixteen lanes: one time step, and the way back through it. It holds the constants of the lanes. A structure, so that the
/// kernels, which know no equation, are compiled for each type and call nothing.
/// </summary>
/// <remarks>Products and sums are rounded one by one, not fused, as plain tensor operations round them: equal currents give equal spikes.</remarks>
/// <typeparam name="TSelf">The type.</typeparam>
/// <typeparam name="TState">
/// What a neuron remembers from step to step: a structure of nothing but <see cref="Vector512{T}"/> of float, all 0 before the first step.
/// </typeparam>
/// <typeparam name="TCarried">What the way back carries from step to step: such a structure, all 0 after the last step.</typeparam>
internal interface INeuronDynamics<TSelf, TState, TCarried>
    where TSelf : struct, INeuronDynamics<TSelf, TState, TCarried>
    where TState : unmanaged
    where TCarried : unmanaged
{
    /// <summary>How many numbers of each lane and step the gradient goes back over. The first is the membrane before the reset.</summary>
    static abstract int Kept { get; }

    /// <summary>Which of the kept numbers is the threshold of the step; null of a type whose threshold stays.</summary>
    static abstract int? KeptThreshold { get; }

    /// <summary>Whether the way back finds the gradients by the constants too: <see cref="Leave"/>.</summary>
    static virtual bool LeavesConstants => false;

    /// <summary>Sixteen neurons.</summary>
    /// <param name="constants">[constant, lane], as <see cref="Lanes.Constants"/>.</param>
    /// <param name="lane">The first.</param>
    static abstract TSelf Load(float[][] constants, nuint lane);

    /// <summary>One time step.</summary>
    /// <param name="state">Before the step; becomes that after it and its reset.</param>
    /// <param name="current">Input current.</param>
    /// <param name="keeper">Is offered the numbers to keep.</param>
    /// <returns>All bits set in the lanes that fired.</returns>
    Vector512<float> Step<TKeeper>(ref TState state, Vector512<float> current, TKeeper keeper)
        where TKeeper : struct, IKeeper<TKeeper>, allows ref struct;

    /// <summary>Back through one time step.</summary>
    /// <param name="carried">Gradients of the next step; become this step's.</param>
    /// <param name="kept">The numbers kept of the step, <see cref="Lanes.Panel"/> apart.</param>
    /// <param name="spike">∂loss/∂spike.</param>
    /// <param name="attached">1 where resets are differentiated, 0 where not.</param>
    /// <param name="shape">The surrogate's derivative.</param>
    /// <returns>∂loss/∂current.</returns>
    Vector512<float> Back<TShape>(ref TCarried carried, ref readonly float kept, Vector512<float> spike, float attached, TShape shape)
        where TShape : struct, ISurrogateShape;

    /// <summary>Leaves the gradients by the constants, of a type that finds them.</summary>
    /// <param name="carried">As the first step has left it: among it the sums over the steps.</param>
    /// <param name="target">Receives them, in the order of <see cref="Lanes.Constants"/>, <see cref="Lanes.Panel"/> apart.</param>
    static virtual void Leave(in TCarried carried, ref float target) { }
}
