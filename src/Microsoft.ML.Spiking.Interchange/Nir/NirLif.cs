using System.Collections.Immutable;

namespace Microsoft.ML.Spiking;

/// <summary>Leaky integrate-and-fire neurons: tau · dv/dt = v_leak - v + r · input; where v &gt; v_threshold they spike, and v becomes v_reset.</summary>
/// <param name="Tau">Time constants, [neurons], in seconds.</param>
/// <param name="R">Resistances, [neurons].</param>
/// <param name="VLeak">What the potentials leak to, [neurons].</param>
/// <param name="VThreshold">Thresholds, [neurons].</param>
/// <param name="VReset">Potentials straight after a spike, [neurons].</param>
public sealed record NirLif(NirTensor Tau, NirTensor R, NirTensor VLeak, NirTensor VThreshold, NirTensor VReset) : NirNode
{
    internal override string Kind => "LIF";

    internal override ImmutableArray<(string Name, NirTensor Value)> Parameters
        => [("tau", Tau), ("r", R), ("v_leak", VLeak), ("v_threshold", VThreshold), ("v_reset", VReset)];
}
