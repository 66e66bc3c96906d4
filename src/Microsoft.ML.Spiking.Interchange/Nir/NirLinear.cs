using System.Collections.Immutable;

namespace Microsoft.ML.Spiking;

/// <summary>y = Weight · x.</summary>
/// <param name="Weight">[outputs, inputs].</param>
public sealed record NirLinear(NirTensor Weight) : NirNode
{
    internal override string Kind => "Linear";

    internal override ImmutableArray<(string Name, NirTensor Value)> Parameters => [("weight", Weight)];
}
