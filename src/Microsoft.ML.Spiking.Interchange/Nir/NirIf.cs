using System.Collections.Immutable;

namespace Microsoft.ML.Spiking;

/// <summary>Integrate-and-fire neurons: dv/dt = r · input; where v &gt; v_threshold they spike, and v becomes v_reset.</summary>
/// <param name="R">Resistances, [neurons].</param>
/// <param name="VThreshold">Thresholds, [neurons].</param>
/// <param name="VReset">Potentials straight after a spike, [neurons].</param>
public sealed record NirIf(NirTensor R, NirTensor VThreshold, NirTensor VReset) : NirNode
{
    internal override string Kind => "IF";

    internal override ImmutableArray<(string Name, NirTensor Value)> Parameters => [("r", R), ("v_threshold", VThreshold), ("v_reset", VReset)];
}
