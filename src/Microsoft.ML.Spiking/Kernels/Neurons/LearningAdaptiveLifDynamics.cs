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
    private readonly Vector512<float> _synapseDecay, _membraneDecay, _threshold, _reset, _adaptationDecay, _strength;

    private LearningAdaptiveLifDynamics(
        Vector512<float> synapseDecay, Vector512<float> membraneDecay, Vector512<float> threshold, Vector512<float> reset, Vector512<float> adaptationDecay,
        Vector512<float> strength)
    {
        (_synapseDecay, _membraneDecay, _threshold) = (synapseDecay, membraneDecay, threshold);
        (_reset, _adaptationDecay, _strength) = (reset, adaptationDecay, strength);
    }

    public static int Kept => 4;

    public static int? KeptThreshold => 1;

    public static bool LeavesConstants => true;

    private Vector512<float> Gain => Vector512<float>.One - _adaptationDecay;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LearningAdaptiveLifDynamics Load(float[][] constants, nuint lane) => new(
        Vector512.LoadUnsafe(ref constants[0][0], lane), Vector512.LoadUnsafe(ref constants[1][0], lane), Vector512.LoadUnsafe(ref constants[2][0], lane),
        Vector512.LoadUnsafe(ref constants[3][0], lane), Vector512.LoadUnsafe(ref constants[4][0], lane), Vector512.LoadUnsafe(ref constants[5][0], lane));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Step<TKeeper>(ref AdaptiveLifStates state, Vector512<float> current, TKeeper keeper)
        where TKeeper : struct, IKeeper<TKeeper>, allows ref struct
    {
        state.Synapse = _synapseDecay * state.Synapse + current;
        Vector512<float> membrane = _membraneDecay * state.Membrane + state.Synapse, threshold = _strength * state.Adaptation + _threshold;
        keeper.Keep(0, membrane);
        keeper.Keep(1, threshold);
        keeper.Keep(2, state.Synapse);
        keeper.Keep(3, state.Adaptation);
        Vector512<float> fired = Vector512.GreaterThanOrEqual(membrane, threshold);
        state.Membrane = Vector512.ConditionalSelect(fired, _reset, membrane);
        state.Adaptation = _adaptationDecay * state.Adaptation + (fired & Gain);
        return fired;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Back<TShape>(
        ref LearningAdaptiveLifGradients carried, ref readonly float kept, Vector512<float> spike, float attached, TShape shape)
        where TShape : struct, ISurrogateShape
    {
        Vector512<float> membrane = Vector512.LoadUnsafe(in kept), threshold = Vector512.LoadUnsafe(in kept, Lanes.Panel),
            adaptation = Vector512.LoadUnsafe(in kept, 3 * Lanes.Panel), next = _membraneDecay * carried.Membrane,
            fired = Vector512.GreaterThanOrEqual(membrane, threshold);
        carried.OfSynapseDecay += carried.Synapse * Vector512.LoadUnsafe(in kept, 2 * Lanes.Panel);
        carried.OfMembraneDecay += carried.Membrane * Vector512.ConditionalSelect(fired, _reset, membrane);
        carried.OfAdaptationDecay += carried.Adaptation * (adaptation - (fired & Vector512<float>.One));
        Vector512<float> whole = spike + Gain * carried.Adaptation + (_reset - membrane) * next * attached,
            over = whole * shape.Derivative(membrane - threshold);
        carried.OfThreshold -= over;
        carried.OfStrength -= over * adaptation;
        carried.Membrane = over + Vector512.ConditionalSelect(fired, Vector512<float>.Zero, next);
        carried.Adaptation = _adaptationDecay * carried.Adaptation - _strength * over;
        carried.Synapse = carried.Membrane + _synapseDecay * carried.Synapse;
        return carried.Synapse;
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
