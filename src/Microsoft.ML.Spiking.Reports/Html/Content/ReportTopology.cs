namespace Microsoft.ML.Spiking;

/// <summary>The connections between the columns, from the start of training to its end.</summary>
/// <param name="Columns">Number of columns.</param>
/// <param name="IsComplete">Whether the moments reach back to the start.</param>
/// <param name="Updates">Batches trained.</param>
/// <param name="Neighbours">Neighbours on the ring that the graph was drawn from.</param>
/// <param name="Rewiring">Probability that an edge of it was rewired.</param>
/// <param name="Start">The first graph's connections: from, to, from, to.</param>
/// <param name="Moments">The first graph, and every update of it.</param>
/// <param name="Used">The connections that stand now, the most used first.</param>
/// <param name="HasUsage">Whether usage was reckoned.</param>
/// <param name="Journal">The changes in numbers; null without structural plasticity.</param>
internal sealed record ReportTopology(
    int Columns, bool IsComplete, int Updates, int Neighbours, double Rewiring, int[] Start, IReadOnlyList<ReportMoment> Moments,
    IReadOnlyList<UsedConnection> Used, bool HasUsage, ReportJournal? Journal)
{
    public static ReportTopology Of(SpikingModel model, int layer)
    {
        TopologyHistory history = TopologyHistory.Of(model, layer);
        var wired = (ColumnLayer)model.Network.Layers[layer];
        Graph start = history.Moments[0].Graph;
        int[] columns = [.. Enumerable.Range(0, start.Nodes)];
        return new ReportTopology(
            start.Nodes, history.IsComplete, model.Training.Batches, wired.Wired.Neighbours, wired.Wired.RewiringProbability,
            [.. columns.SelectMany(from => columns.Where(to => start[to, from]).SelectMany(to => (int[])[from, to]))],
            [.. history.Moments.Select(ReportMoment.Of)],
            [.. UsedConnection.Of(model, layer).Select(used => used with { Weight = Math.Round(used.Weight, 4) })],
            wired.Plasticity is not null,
            wired.StructuralPlasticity is null ? null : ReportJournal.Of(model, layer, start));
    }
}
