using System.Collections.Immutable;

namespace Microsoft.ML.Spiking;

/// <summary>Leaky integrators, which do not spike: tau · dv/dt = v_leak - v + r · input; they give v.</summary>
/// <param name="Tau">Time constants, [neurons], in seconds.</param>
/// <param name="R">Resistances, [neurons].</param>
/// <param name="VLeak">What the potentials leak to, [neurons].</param>
public sealed record NirLi(NirTensor Tau, NirTensor R, NirTensor VLeak) : NirNode
{
    internal override string Kind => "LI";

    internal override ImmutableArray<(string Name, NirTensor Value)> Parameters => [("tau", Tau), ("r", R), ("v_leak", VLeak)];
}
