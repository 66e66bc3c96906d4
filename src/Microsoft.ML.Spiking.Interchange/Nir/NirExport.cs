using System.Collections.Immutable;

namespace Microsoft.ML.Spiking;

/// <summary>A trained network as a NIR graph, and what of it is not there.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="LeftOut">What the network does besides, a sentence each: its code, and what of its readout NIR has no nodes for.</param>
/// <param name="Warnings">What is in the graph, but what programs are known not to honour, a sentence each.</param>
public sealed record NirExport(NirGraph Graph, ImmutableArray<string> LeftOut, ImmutableArray<string> Warnings);
