using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking;

/// <summary>Back through the time steps of a panel's 64 neurons: from the gradient of their spikes to that of their input currents.</summary>
/// <remarks>
/// The reverse of <see cref="LifKernel"/>, with v = membrane - threshold before the reset and ′ the surrogate's derivative, from the last step to the first:
/// <code>
/// ∂membrane = ∂spike · spike′(v) + α · (1 - spike) · ∂membrane of the next step
/// ∂synapse  = ∂membrane + β · ∂synapse of the next step
/// ∂current  = ∂synapse
/// </code>
/// Where resets are differentiated, ∂spike gains α · (reset - membrane) · ∂membrane of the next step.
/// </remarks>
internal static class LifGradientKernel
{
    /// <param name="surrogate">The surrogate and the way of resets.</param>
    /// <param name="lanes">Constants of the neurons.</param>
    /// <param name="panel">Which 64 lanes.</param>
    /// <param name="membranes">Membranes before the reset, [step, lane].</param>
    /// <param name="gradient">∂loss/∂spike, [step, lane]; receives ∂loss/∂current.</param>
    public static void Run(Surrogate surrogate, Lanes lanes, int panel, ReadOnlySpan<float> membranes, Span<float> gradient)
    {
        float attached = surrogate.Reset == ResetGradient.Attached ? 1 : 0;
        switch (surrogate.Gradient)
        {
            case ATan rule: Run(new ATanShape(rule), attached, lanes, panel, membranes, gradient); break;
            case FastSigmoid rule: Run(new FastSigmoidShape(rule), attached, lanes, panel, membranes, gradient); break;
            case Triangle rule: Run(new TriangleShape(rule), attached, lanes, panel, membranes, gradient); break;
            case StraightThrough: Run(new StraightThroughShape(), attached, lanes, panel, membranes, gradient); break;
            default: throw new NotSupportedException($"{surrogate.Gradient.GetType().Name} has no kernel.");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TShape>(TShape shape, float attached, Lanes lanes, int panel, ReadOnlySpan<float> membranes, Span<float> gradient)
        where TShape : struct, ISurrogateShape
    {
        ref float before = ref MemoryMarshal.GetReference(membranes), target = ref MemoryMarshal.GetReference(gradient);
        for (int word = 0; word < Lanes.Panel; word += Lanes.Word)
        {
            nuint lane = (nuint)(panel * Lanes.Panel + word);
            Vector512<float> beta = Vector512.LoadUnsafe(ref lanes.SynapseDecay[0], lane), alpha = Vector512.LoadUnsafe(ref lanes.MembraneDecay[0], lane);
            Vector512<float> threshold = Vector512.LoadUnsafe(ref lanes.Threshold[0], lane), reset = Vector512.LoadUnsafe(ref lanes.Reset[0], lane);
            Vector512<float> nextMembrane = Vector512<float>.Zero, nextSynapse = Vector512<float>.Zero;
            for (int at = gradient.Length - Lanes.Panel + word; at >= 0; at -= Lanes.Panel)
            {
                Vector512<float> membrane = Vector512.LoadUnsafe(ref before, (nuint)at);
                Vector512<float> carried = alpha * nextMembrane;
                Vector512<float> spike = Vector512.LoadUnsafe(ref target, (nuint)at) + (reset - membrane) * carried * attached;
                Vector512<float> kept = Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(membrane, threshold), Vector512<float>.Zero, carried);
                nextMembrane = spike * shape.Derivative(membrane - threshold) + kept;
                nextSynapse = nextMembrane + beta * nextSynapse;
                nextSynapse.StoreUnsafe(ref target, (nuint)at);
            }
        }
    }
}
