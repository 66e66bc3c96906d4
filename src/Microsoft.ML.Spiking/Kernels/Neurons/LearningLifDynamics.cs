using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary><see cref="LifDynamics"/> whose constants learn.</summary>
/// <remarks>
/// The way back is the same, and on it, each summed over the steps:
/// <code>
/// ∂β         = ∂synapse of the next step · synapse
/// ∂α         = ∂membrane of the next step · membrane after the reset
/// ∂threshold = -∂v
/// </code>
/// Before the first step all is 0. What is kept is the membrane before the reset, and the synapse.
/// </remarks>
internal readonly struct LearningLifDynamics : INeuronDynamics<LearningLifDynamics, LifStates, LearningLifGradients>
{
    private readonly LifDynamics _neuron;

    private LearningLifDynamics(LifDynamics neuron) => _neuron = neuron;

    public static int Kept => LifDynamics.Kept + 1;

    public static int? KeptThreshold => LifDynamics.KeptThreshold;

    public static bool LeavesConstants => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LearningLifDynamics Load(float[][] constants, nuint lane) => new(LifDynamics.Load(constants, lane));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Step<TKeeper>(ref LifStates state, Vector512<float> current, TKeeper keeper)
        where TKeeper : struct, IKeeper<TKeeper>, allows ref struct
    {
        Vector512<float> fired = _neuron.Step(ref state, current, keeper);
        keeper.Keep(LifDynamics.Kept, state.Synapse);
        return fired;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Back<TShape>(ref LearningLifGradients carried, ref readonly float kept, Vector512<float> spike, float attached, TShape shape)
        where TShape : struct, ISurrogateShape
    {
        carried.OfSynapseDecay += carried.States.Synapse * Vector512.LoadUnsafe(in kept, (nuint)LifDynamics.Kept * Lanes.Panel);
        carried.OfMembraneDecay += carried.States.Membrane * _neuron.After(in kept);
        Vector512<float> current = _neuron.Back(ref carried.States, in kept, spike, attached, shape, out Vector512<float> over);
        carried.OfThreshold -= over;
        return current;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Leave(in LearningLifGradients carried, ref float target)
    {
        carried.OfSynapseDecay.StoreUnsafe(ref target);
        carried.OfMembraneDecay.StoreUnsafe(ref target, Lanes.Panel);
        carried.OfThreshold.StoreUnsafe(ref target, 2 * Lanes.Panel);
    }
}
