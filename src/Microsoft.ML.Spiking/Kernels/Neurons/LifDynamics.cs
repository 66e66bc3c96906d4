using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary><see cref="LifNeuron.Step"/> in sixteen lanes, and its reverse.</summary>
/// <remarks>
/// <code>
/// synapse  ← β · synapse  + current
/// membrane ← α · membrane + synapse;  spike = membrane ≥ threshold;  membrane ← reset where it spiked
/// </code>
/// Back, with v = membrane - threshold before the reset and ′ the surrogate's derivative:
/// <code>
/// ∂v        = ∂spike · spike′(v)
/// ∂membrane = ∂v + α · (1 - spike) · ∂membrane of the next step
/// ∂synapse  = ∂membrane + β · ∂synapse of the next step
/// ∂current  = ∂synapse
/// </code>
/// Where resets are differentiated, ∂spike gains α · (reset - membrane) · ∂membrane of the next step. What is kept is the membrane before the reset.
/// </remarks>
internal readonly struct LifDynamics : INeuronDynamics<LifDynamics, LifStates, LifGradients>
{
    private readonly Vector512<float> _synapseDecay, _membraneDecay, _threshold, _reset;

    private LifDynamics(Vector512<float> synapseDecay, Vector512<float> membraneDecay, Vector512<float> threshold, Vector512<float> reset)
        => (_synapseDecay, _membraneDecay, _threshold, _reset) = (synapseDecay, membraneDecay, threshold, reset);

    public static int Kept => 1;

    public static int? KeptThreshold => null;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LifDynamics Load(float[][] constants, nuint lane) => new(
        Vector512.LoadUnsafe(ref constants[0][0], lane), Vector512.LoadUnsafe(ref constants[1][0], lane),
        Vector512.LoadUnsafe(ref constants[2][0], lane), Vector512.LoadUnsafe(ref constants[3][0], lane));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Step<TKeeper>(ref LifStates state, Vector512<float> current, TKeeper keeper)
        where TKeeper : struct, IKeeper<TKeeper>, allows ref struct
    {
        state.Synapse = _synapseDecay * state.Synapse + current;
        Vector512<float> membrane = _membraneDecay * state.Membrane + state.Synapse;
        keeper.Keep(0, membrane);
        Vector512<float> fired = Vector512.GreaterThanOrEqual(membrane, _threshold);
        state.Membrane = Vector512.ConditionalSelect(fired, _reset, membrane);
        return fired;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Back<TShape>(ref LifGradients carried, ref readonly float kept, Vector512<float> spike, float attached, TShape shape)
        where TShape : struct, ISurrogateShape
        => Back(ref carried, in kept, spike, attached, shape, out _);

    /// <summary>The same, and ∂v.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Back<TShape>(
        ref LifGradients carried, ref readonly float kept, Vector512<float> spike, float attached, TShape shape, out Vector512<float> over)
        where TShape : struct, ISurrogateShape
    {
        Vector512<float> membrane = Vector512.LoadUnsafe(in kept), next = _membraneDecay * carried.Membrane;
        Vector512<float> whole = spike + (_reset - membrane) * next * attached;
        Vector512<float> past = Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(membrane, _threshold), Vector512<float>.Zero, next);
        over = whole * shape.Derivative(membrane - _threshold);
        carried.Membrane = over + past;
        carried.Synapse = carried.Membrane + _synapseDecay * carried.Synapse;
        return carried.Synapse;
    }

    /// <summary>The membrane after a step, of what was kept of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> After(ref readonly float kept)
    {
        Vector512<float> membrane = Vector512.LoadUnsafe(in kept);
        return Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(membrane, _threshold), _reset, membrane);
    }
}
