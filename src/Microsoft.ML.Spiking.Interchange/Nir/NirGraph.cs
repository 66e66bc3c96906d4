using System.Collections.Immutable;

namespace Microsoft.ML.Spiking;

/// <summary>A NIR graph: nodes by their names, and the edges between them. As a node of another graph, it is nested in it.</summary>
/// <remarks>
/// What can be read, written and simulated is a graph without cycles, with one Input; a nested graph has one Output too. Alphabetical order of the names is an
/// order of computation in what <see cref="SpikingModelNir.ToNir"/> makes: some programs compute in that.
/// </remarks>
public sealed record NirGraph : NirNode
{
    /// <summary>The nodes by their names, which are not empty and hold no '/'.</summary>
    public required ImmutableSortedDictionary<string, NirNode> Nodes { get; init; }

    /// <summary>The edges between them.</summary>
    public required ImmutableArray<NirEdge> Edges { get; init; }

    internal override string Kind => "NIRGraph";

    /// <summary>A graph of nodes and edges.</summary>
    public static NirGraph Of(IEnumerable<KeyValuePair<string, NirNode>> nodes, params IEnumerable<NirEdge> edges)
        => new() { Nodes = nodes.ToImmutableSortedDictionary(StringComparer.Ordinal), Edges = [.. edges] };
}
