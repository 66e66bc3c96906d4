namespace Microsoft.ML.Spiking;

/// <summary>The connections between the columns at one moment of training, and what changed them.</summary>
public sealed class TopologyMoment
{
    internal TopologyMoment(int batch, Graph graph, IReadOnlyList<StructuralChange> changes, double rewiring)
    {
        (Batch, Graph) = (batch, graph);
        Formed = [.. changes.Where(change => change.Kind == StructuralChangeKind.Formed)];
        Pruned = [.. changes.Where(change => change.Kind == StructuralChangeKind.Pruned)];
        MeanDegree = Enumerable.Range(0, graph.Nodes).Average(graph.Degree);
        Clustering = graph.ClusteringCoefficient();
        PathLength = graph.CharacteristicPathLength() is var steps && double.IsFinite(steps) ? steps : null;
        Theory = new SmallWorldTheory(graph.Nodes, MeanDegree, rewiring);
    }

    /// <summary>Training batches that it followed; 0 at the start.</summary>
    public int Batch { get; }

    /// <summary>The connections.</summary>
    public Graph Graph { get; }

    /// <summary>Connections that formed in this update; none at the start.</summary>
    public IReadOnlyList<StructuralChange> Formed { get; }

    /// <summary>Connections that were pruned in this update; none at the start.</summary>
    public IReadOnlyList<StructuralChange> Pruned { get; }

    /// <summary>Connections as a fraction of all possible ones.</summary>
    public double Density => Graph.Density;

    /// <summary>Neighbours of a column, in either direction: the mean over the columns.</summary>
    public double MeanDegree { get; }

    /// <summary>Clustering coefficient, 0 to 1.</summary>
    public double Clustering { get; }

    /// <summary>Characteristic path length, in connections; null where no two columns are joined.</summary>
    public double? PathLength { get; }

    /// <summary>What theory expects of a small world of this mean degree, rewired as the first graph was.</summary>
    public SmallWorldTheory Theory { get; }
}
