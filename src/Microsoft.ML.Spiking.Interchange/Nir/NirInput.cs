using System.Collections.Immutable;

namespace Microsoft.ML.Spiking;

/// <summary>Where numbers come into a NIR graph, or into a nested one.</summary>
/// <param name="Shape">Sizes of the axes of what comes in a time step, as in [784].</param>
public sealed record NirInput(ImmutableArray<int> Shape) : NirNode
{
    internal override string Kind => "Input";
}
