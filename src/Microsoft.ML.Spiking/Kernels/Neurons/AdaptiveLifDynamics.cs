using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary><see cref="AdaptiveLifNeuron.Step"/> in sixteen lanes, and its reverse.</summary>
/// <remarks>
/// Back, with v = membrane - threshold of the step, γ the adaptation's strength and ′ the surrogate's derivative:
/// <code>
/// ∂v          = (∂spike + (1 - ρ) · ∂adaptation of the next step) · spike′(v)
/// ∂membrane   = ∂v + α · (1 - spike) · ∂membrane of the next step
/// ∂adaptation = ρ · ∂adaptation of the next step - γ · ∂v
/// ∂current    = ∂synapse = ∂membrane + β · ∂synapse of the next step
/// </code>
/// Where resets are differentiated, ∂spike gains α · (reset - membrane) · ∂membrane of the next step. What is kept is the membrane before the reset, and
/// the threshold.
/// </remarks>
internal readonly struct AdaptiveLifDynamics : INeuronDynamics<AdaptiveLifDynamics, AdaptiveLifStates, AdaptiveLifStates>
{
    private readonly Vector512<float> _synapseDecay, _membraneDecay, _threshold, _reset, _adaptationDecay, _strength;

    private AdaptiveLifDynamics(
        Vector512<float> synapseDecay, Vector512<float> membraneDecay, Vector512<float> threshold, Vector512<float> reset, Vector512<float> adaptationDecay,
        Vector512<float> strength)
    {
        (_synapseDecay, _membraneDecay, _threshold) = (synapseDecay, membraneDecay, threshold);
        (_reset, _adaptationDecay, _strength) = (reset, adaptationDecay, strength);
    }

    public static int Kept => 2;

    public static int? KeptThreshold => 1;

    private Vector512<float> Gain => Vector512<float>.One - _adaptationDecay;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static AdaptiveLifDynamics Load(float[][] constants, nuint lane) => new(
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
        Vector512<float> fired = Vector512.GreaterThanOrEqual(membrane, threshold);
        state.Membrane = Vector512.ConditionalSelect(fired, _reset, membrane);
        state.Adaptation = _adaptationDecay * state.Adaptation + (fired & Gain);
        return fired;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Back<TShape>(ref AdaptiveLifStates carried, ref readonly float kept, Vector512<float> spike, float attached, TShape shape)
        where TShape : struct, ISurrogateShape
        => Back(ref carried, in kept, spike, attached, shape, out _);

    /// <summary>The same, and ∂v.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Back<TShape>(
        ref AdaptiveLifStates carried, ref readonly float kept, Vector512<float> spike, float attached, TShape shape, out Vector512<float> over)
        where TShape : struct, ISurrogateShape
    {
        Vector512<float> membrane = Vector512.LoadUnsafe(in kept), threshold = Vector512.LoadUnsafe(in kept, Lanes.Panel),
            next = _membraneDecay * carried.Membrane;
        Vector512<float> whole = spike + Gain * carried.Adaptation + (_reset - membrane) * next * attached;
        over = whole * shape.Derivative(membrane - threshold);
        carried.Membrane = over + Vector512.ConditionalSelect(Fired(in kept), Vector512<float>.Zero, next);
        carried.Adaptation = _adaptationDecay * carried.Adaptation - _strength * over;
        carried.Synapse = carried.Membrane + _synapseDecay * carried.Synapse;
        return carried.Synapse;
    }

    /// <summary>Which neurons fired in a step, of what was kept of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Fired(ref readonly float kept)
        => Vector512.GreaterThanOrEqual(Vector512.LoadUnsafe(in kept), Vector512.LoadUnsafe(in kept, Lanes.Panel));

    /// <summary>The membrane after a step, of what was kept of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> After(ref readonly float kept) => Vector512.ConditionalSelect(Fired(in kept), _reset, Vector512.LoadUnsafe(in kept));
}
