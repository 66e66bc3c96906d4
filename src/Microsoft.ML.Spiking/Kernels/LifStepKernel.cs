using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking;

/// <summary><see cref="LifKernel"/> for one time step, the state in memory: for columns that drive each other, so that all take a step before any takes the next.</summary>
internal static class LifStepKernel
{
    /// <param name="currents">Input currents of the panel, [lane].</param>
    /// <param name="heard">What the neurons of each column receive of the other columns, [column].</param>
    /// <param name="lanes">Constants of the neurons.</param>
    /// <param name="panel">Which 64 lanes.</param>
    /// <param name="synapses">Synaptic currents of the panel, [lane]; changed.</param>
    /// <param name="membranes">Membrane potentials of the panel, [lane]; changed.</param>
    /// <param name="kept">Receives the membranes before the reset, [lane], for the gradient; empty to forget them.</param>
    /// <returns>The neurons that fired, as bits.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong Run(ReadOnlySpan<float> currents, ReadOnlySpan<float> heard, Lanes lanes, int panel, Span<float> synapses, Span<float> membranes, Span<float> kept)
    {
        ref float current = ref MemoryMarshal.GetReference(currents), synapse = ref MemoryMarshal.GetReference(synapses), membrane = ref MemoryMarshal.GetReference(membranes);
        ulong spikes = 0;
        for (int lane = 0; lane < Lanes.Panel; lane += Lanes.Word)
        {
            nuint at = (nuint)lane, constant = (nuint)(panel * Lanes.Panel + lane);
            int column = (int)constant / Lanes.Word / lanes.WordsPerColumn;
            float received = column < heard.Length ? heard[column] : 0;   // beyond is padding
            Vector512<float> y = Vector512.LoadUnsafe(ref lanes.SynapseDecay[0], constant) * Vector512.LoadUnsafe(ref synapse, at) + (Vector512.LoadUnsafe(ref current, at) + Vector512.Create(received));
            Vector512<float> m = Vector512.LoadUnsafe(ref lanes.MembraneDecay[0], constant) * Vector512.LoadUnsafe(ref membrane, at) + y;
            if (!kept.IsEmpty) m.StoreUnsafe(ref MemoryMarshal.GetReference(kept), at);
            Vector512<float> fired = Vector512.GreaterThanOrEqual(m, Vector512.LoadUnsafe(ref lanes.Threshold[0], constant));
            y.StoreUnsafe(ref synapse, at);
            Vector512.ConditionalSelect(fired, Vector512.LoadUnsafe(ref lanes.Reset[0], constant), m).StoreUnsafe(ref membrane, at);
            spikes |= fired.ExtractMostSignificantBits() << lane;
        }
        return spikes;
    }
}
