namespace Microsoft.ML.Spiking;

/// <summary>What one node of a NIR graph gives goes into another. What several edges bring to a node is added up.</summary>
/// <param name="From">Name of the node that gives.</param>
/// <param name="To">Name of the node that receives.</param>
public sealed record NirEdge(string From, string To);
