using System.Collections.Immutable;

namespace Microsoft.ML.Spiking;

/// <summary>Where numbers leave a NIR graph, or a nested one.</summary>
/// <param name="Shape">Sizes of the axes of what leaves in a time step, as in [10].</param>
public sealed record NirOutput(ImmutableArray<int> Shape) : NirNode
{
    internal override string Kind => "Output";
}
