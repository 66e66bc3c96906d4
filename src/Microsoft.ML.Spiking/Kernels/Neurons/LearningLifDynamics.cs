using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary><see cref="LifDynamics"/> whose constants learn.</summary>
/// <remarks>
/// The way back is the same, and on it, each summed over the steps:
/// <code>
/// ∂β         = ∂synapse of the next step · synapse
/// ∂α         = ∂membrane of the next step · membrane after the reset
/// ∂threshold = -∂spike · spike′(v)
/// </code>
/// Before the first step all is 0. What is kept is the membrane before the reset, and the synapse.
/// </remarks>
internal readonly struct LearningLifDynamics : INeuronDynamics<LearningLifDynamics, LifStates, LearningLifGradients>
{
    private readonly Vector512<float> _synapseDecay, _membraneDecay, _threshold, _reset;

    private LearningLifDynamics(Vector512<float> synapseDecay, Vector512<float> membraneDecay, Vector512<float> threshold, Vector512<float> reset)
        => (_synapseDecay, _membraneDecay, _threshold, _reset) = (synapseDecay, membraneDecay, threshold, reset);

    public static int Kept => 2;

    public static int? KeptThreshold => null;

    public static bool LeavesConstants => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LearningLifDynamics Load(float[][] constants, nuint lane) => new(
        Vector512.LoadUnsafe(ref constants[0][0], lane), Vector512.LoadUnsafe(ref constants[1][0], lane),
        Vector512.LoadUnsafe(ref constants[2][0], lane), Vector512.LoadUnsafe(ref constants[3][0], lane));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Step<TKeeper>(ref LifStates state, Vector512<float> current, TKeeper keeper)
        where TKeeper : struct, IKeeper<TKeeper>, allows ref struct
    {
        state.Synapse = _synapseDecay * state.Synapse + current;
        Vector512<float> membrane = _membraneDecay * state.Membrane + state.Synapse;
        keeper.Keep(0, membrane);
        keeper.Keep(1, state.Synapse);
        Vector512<float> fired = Vector512.GreaterThanOrEqual(membrane, _threshold);
        state.Membrane = Vector512.ConditionalSelect(fired, _reset, membrane);
        return fired;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Back<TShape>(ref LearningLifGradients carried, ref readonly float kept, Vector512<float> spike, float attached, TShape shape)
        where TShape : struct, ISurrogateShape
    {
        Vector512<float> membrane = Vector512.LoadUnsafe(in kept), next = _membraneDecay * carried.Membrane,
            fired = Vector512.GreaterThanOrEqual(membrane, _threshold);
        carried.OfSynapseDecay += carried.Synapse * Vector512.LoadUnsafe(in kept, Lanes.Panel);
        carried.OfMembraneDecay += carried.Membrane * Vector512.ConditionalSelect(fired, _reset, membrane);
        Vector512<float> over = (spike + (_reset - membrane) * next * attached) * shape.Derivative(membrane - _threshold);
        carried.OfThreshold -= over;
        carried.Membrane = over + Vector512.ConditionalSelect(fired, Vector512<float>.Zero, next);
        carried.Synapse = carried.Membrane + _synapseDecay * carried.Synapse;
        return carried.Synapse;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Leave(in LearningLifGradients carried, ref float target)
    {
        carried.OfSynapseDecay.StoreUnsafe(ref target);
        carried.OfMembraneDecay.StoreUnsafe(ref target, Lanes.Panel);
        carried.OfThreshold.StoreUnsafe(ref target, 2 * Lanes.Panel);
    }
}
