namespace Microsoft.ML.Spiking;

/// <summary>The connections between the columns at one moment of training.</summary>
/// <param name="Batch">Training batches that it followed; 0 at the start.</param>
/// <param name="Formed">Connections that formed: from, to, from, to.</param>
/// <param name="Pruned">Connections that were pruned: from, to, from, to.</param>
/// <param name="Connections">How many stand.</param>
/// <param name="Density">As a fraction of all possible ones.</param>
/// <param name="Degree">Mean number of neighbours.</param>
/// <param name="Clustering">Clustering coefficient.</param>
/// <param name="PathLength">Characteristic path length; null where no two columns are joined.</param>
/// <param name="Theory">What theory expects of such a graph.</param>
internal sealed record ReportMoment(
    int Batch, int[] Formed, int[] Pruned, int Connections, double Density, double Degree, double Clustering, double? PathLength, SmallWorldTheory Theory)
{
    public static ReportMoment Of(TopologyMoment moment) => new(
        moment.Batch,
        [.. moment.Formed.SelectMany(change => (int[])[change.From, change.To])],
        [.. moment.Pruned.SelectMany(change => (int[])[change.From, change.To])],
        moment.Graph.Connections,
        moment.Density,
        moment.MeanDegree,
        moment.Clustering,
        moment.PathLength,
        moment.Theory);
}
