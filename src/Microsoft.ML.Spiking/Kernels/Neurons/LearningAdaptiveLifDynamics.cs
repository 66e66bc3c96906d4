using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary><see cref="AdaptiveLifDynamics"/> whose constants learn.</summary>
/// <remarks>
/// The way back is the same, and on it, each summed over the steps:
/// <code>
/// ∂β         = ∂synapse of the next step · synapse
/// ∂α         = ∂membrane of the next step · membrane after the reset
/// ∂threshold = -∂v
/// ∂ρ         = ∂adaptation of the next step · (adaptation before the step - spike)
/// ∂γ         = -∂v · adaptation before the step
/// </code>
/// Before the first step all is 0. What is kept is the membrane before the reset, the threshold, the synapse, and the adaptation before the step.
/// </remarks>
internal readonly struct LearningAdaptiveLifDynamics : INeuronDynamics<LearningAdaptiveLifDynamics, AdaptiveLifStates, LearningAdaptiveLifGradients>
{
    private readonly AdaptiveLifDynamics _neuron;

    private LearningAdaptiveLifDynamics(AdaptiveLifDynamics neuron) => _neuron = neuron;

    public static int Kept => AdaptiveLifDynamics.Kept + 2;

    public static int? KeptThreshold => AdaptiveLifDynamics.KeptThreshold;

    public static bool LeavesConstants => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LearningAdaptiveLifDynamics Load(float[][] constants, nuint lane) => new(AdaptiveLifDynamics.Load(constants, lane));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Step<TKeeper>(ref AdaptiveLifStates state, Vector512<float> current, TKeeper keeper)
        where TKeeper : struct, IKeeper<TKeeper>, allows ref struct
    {
        keeper.Keep(AdaptiveLifDynamics.Kept + 1, state.Adaptation);
        Vector512<float> fired = _neuron.Step(ref state, current, keeper);
        keeper.Keep(AdaptiveLifDynamics.Kept, state.Synapse);
        return fired;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Back<TShape>(
        ref LearningAdaptiveLifGradients carried, ref readonly float kept, Vector512<float> spike, float attached, TShape shape)
        where TShape : struct, ISurrogateShape
    {
        Vector512<float> synapse = Vector512.LoadUnsafe(in kept, (nuint)AdaptiveLifDynamics.Kept * Lanes.Panel),
            adaptation = Vector512.LoadUnsafe(in kept, (nuint)(AdaptiveLifDynamics.Kept + 1) * Lanes.Panel);
        carried.OfSynapseDecay += carried.States.Synapse * synapse;
        carried.OfMembraneDecay += carried.States.Membrane * _neuron.After(in kept);
        carried.OfAdaptationDecay += carried.States.Adaptation * (adaptation - (AdaptiveLifDynamics.Fired(in kept) & Vector512<float>.One));
        Vector512<float> current = _neuron.Back(ref carried.States, in kept, spike, attached, shape, out Vector512<float> over);
        carried.OfThreshold -= over;
        carried.OfStrength -= over * adaptation;
        return current;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Leave(in LearningAdaptiveLifGradients carried, ref float target)
    {
        carried.OfSynapseDecay.StoreUnsafe(ref target);
        carried.OfMembraneDecay.StoreUnsafe(ref target, Lanes.Panel);
        carried.OfThreshold.StoreUnsafe(ref target, 2 * Lanes.Panel);
        carried.OfAdaptationDecay.StoreUnsafe(ref target, 4 * Lanes.Panel);
        carried.OfStrength.StoreUnsafe(ref target, 5 * Lanes.Panel);
    }
}
