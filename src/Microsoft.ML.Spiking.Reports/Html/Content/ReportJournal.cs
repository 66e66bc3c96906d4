namespace Microsoft.ML.Spiking;

/// <summary>Structural plasticity in numbers.</summary>
/// <param name="Formed">Connections that formed.</param>
/// <param name="Pruned">Connections that were pruned.</param>
/// <param name="Updates">Updates that changed anything.</param>
/// <param name="Interval">Batches between two updates.</param>
/// <param name="FirstStanding">Connections of the first graph that still stand.</param>
/// <param name="First">Connections of the first graph.</param>
/// <param name="GrownStanding">Connections that stand now and were not there at first.</param>
/// <param name="Reversed">Changes that undid an earlier one of the same pair.</param>
/// <param name="Reasons">Changes by their reason.</param>
/// <param name="Last">The last changes, the newest first.</param>
internal sealed record ReportJournal(
    int Formed, int Pruned, int Updates, int Interval, int FirstStanding, int First, int GrownStanding, int Reversed,
    IReadOnlyDictionary<string, int> Reasons, IReadOnlyList<StructuralChange> Last)
{
    private const int ChangesListed = 40;

    public static ReportJournal Of(SpikingModel model, int layer, Graph first)
    {
        TrainedLayer trained = model.Layers[layer];
        StructuralChange[] journal = [.. model.Training.Journal.Where(change => change.Layer == layer)];
        int[] nodes = [.. Enumerable.Range(0, first.Nodes)];
        (int From, int To)[] standing = [.. from to in nodes from pre in nodes where trained.Topology[to, pre] select (pre, to)];
        int kept = standing.Count(pair => first[pair.To, pair.From]);
        return new ReportJournal(
            journal.Count(change => change.Kind == StructuralChangeKind.Formed),
            journal.Count(change => change.Kind == StructuralChangeKind.Pruned),
            journal.Select(change => change.Batch).Distinct().Count(),
            ((ColumnLayer)trained.Layer).StructuralPlasticity!.Interval,
            kept,
            first.Connections,
            standing.Length - kept,
            journal.GroupBy(change => (change.From, change.To)).Sum(changes => changes.Count() - 1),
            journal.GroupBy(change => change.Why).ToDictionary(changes => changes.Key.ToString(), changes => changes.Count()),
            [.. Enumerable.Reverse(journal).Take(ChangesListed)]);
    }
}
