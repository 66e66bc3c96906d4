namespace Microsoft.ML.Spiking.Nir;

/// <summary>Populations of a graph that become a layer.</summary>
/// <param name="Parts">The excitatory one first; one or two.</param>
/// <param name="Columns">Columns that they are laid out in.</param>
internal sealed record NirPartLayer(NirPart[] Parts, int Columns)
{
    public int NeuronsPerColumn => Parts.Sum(part => part.PerColumn);

    public int Neurons => Columns * NeuronsPerColumn;

    /// <summary>The part of a node; null where it is none of the layer.</summary>
    public NirPart? Of(NirPlanNode node) => Array.Find(Parts, part => part.Node == node);
}
