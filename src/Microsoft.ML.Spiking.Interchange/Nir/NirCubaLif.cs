using System.Collections.Immutable;

namespace Microsoft.ML.Spiking;

/// <summary>
/// Leaky integrate-and-fire neurons with a synaptic current: tau_syn · di/dt = -i + w_in · input; tau_mem · dv/dt = v_leak - v + r · i; where
/// v &gt; v_threshold they spike, and v becomes v_reset.
/// </summary>
/// <param name="TauSyn">Time constants of the currents, [neurons], in seconds.</param>
/// <param name="TauMem">Time constants of the membranes, [neurons], in seconds.</param>
/// <param name="R">Resistances, [neurons].</param>
/// <param name="VLeak">What the potentials leak to, [neurons].</param>
/// <param name="VThreshold">Thresholds, [neurons].</param>
/// <param name="VReset">Potentials straight after a spike, [neurons].</param>
/// <param name="WIn">What multiplies the input, [neurons].</param>
public sealed record NirCubaLif(
    NirTensor TauSyn, NirTensor TauMem, NirTensor R, NirTensor VLeak, NirTensor VThreshold, NirTensor VReset, NirTensor WIn) : NirNode
{
    internal override string Kind => "CubaLIF";

    internal override ImmutableArray<(string Name, NirTensor Value)> Parameters =>
    [
        ("tau_syn", TauSyn), ("tau_mem", TauMem), ("r", R), ("v_leak", VLeak), ("v_threshold", VThreshold), ("v_reset", VReset), ("w_in", WIn),
    ];
}
