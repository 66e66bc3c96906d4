using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Tests.Kernels;

/// <summary>A neuron that remembers and keeps more than <see cref="LifDynamics"/>: spikes raise its threshold for a while. Resets are detached.</summary>
internal readonly struct AdaptiveDynamics : INeuronDynamics<AdaptiveDynamics, AdaptiveStates, AdaptiveStates>
{
    public const float Decay = 0.75f, Strength = 0.5f;

    private readonly Vector512<float> _synapseDecay, _membraneDecay, _threshold, _reset;

    private AdaptiveDynamics(float[][] constants, nuint lane)
        => (_synapseDecay, _membraneDecay, _threshold, _reset) = (
            Vector512.LoadUnsafe(ref constants[0][0], lane), Vector512.LoadUnsafe(ref constants[1][0], lane),
            Vector512.LoadUnsafe(ref constants[2][0], lane), Vector512.LoadUnsafe(ref constants[3][0], lane));

    public static int Kept => 2;

    public static int? KeptThreshold => 1;

    public static AdaptiveDynamics Load(float[][] constants, nuint lane) => new(constants, lane);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Step<TKeeper>(ref AdaptiveStates state, Vector512<float> current, TKeeper keeper)
        where TKeeper : struct, IKeeper<TKeeper>, allows ref struct
    {
        state.Synapse = _synapseDecay * state.Synapse + current;
        Vector512<float> membrane = _membraneDecay * state.Membrane + state.Synapse, threshold = _threshold + state.Adaptation * Strength;
        keeper.Keep(0, membrane);
        keeper.Keep(1, threshold);
        Vector512<float> fired = Vector512.GreaterThanOrEqual(membrane, threshold);
        state.Membrane = Vector512.ConditionalSelect(fired, _reset, membrane);
        state.Adaptation = state.Adaptation * Decay + (fired & Vector512<float>.One);
        return fired;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Back<TShape>(ref AdaptiveStates carried, ref readonly float kept, Vector512<float> spike, float attached, TShape shape)
        where TShape : struct, ISurrogateShape
    {
        Vector512<float> membrane = Vector512.LoadUnsafe(in kept), threshold = Vector512.LoadUnsafe(in kept, Lanes.Panel);
        Vector512<float> over = (spike + carried.Adaptation) * shape.Derivative(membrane - threshold);
        carried.Adaptation = carried.Adaptation * Decay - over * Strength;
        Vector512<float> fired = Vector512.GreaterThanOrEqual(membrane, threshold);
        carried.Membrane = over + Vector512.ConditionalSelect(fired, Vector512<float>.Zero, _membraneDecay * carried.Membrane);
        carried.Synapse = carried.Membrane + _synapseDecay * carried.Synapse;
        return carried.Synapse;
    }
}
