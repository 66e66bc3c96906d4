using Microsoft.ML.Spiking.Model;

namespace Microsoft.ML.Spiking.Fitting;

/// <summary>What an epoch leaves in the history.</summary>
internal static class EpochEnd
{
    /// <param name="network">The network.</param>
    /// <param name="state">Its training at the epoch's end.</param>
    /// <param name="epoch">Which, from 1.</param>
    /// <param name="means">Its means.</param>
    /// <param name="accuracy">On the validation rows; null where it was not measured.</param>
    public static EpochRecord Record(SpikingNetwork network, TrainingState state, int epoch, EpochMeans means, double? accuracy)
    {
        IReadOnlyList<StructuralChange> journal = state.Training.Journal;
        Graph[] graphs = [.. network.Layers.Index().Where(layer => layer.Item.Nodes > 0)
            .Select(layer => Graph.FromAdjacency(layer.Item.Nodes, state.Training.Topology(layer.Index)))];
        double pathLength = Mean(graphs, graph => graph.CharacteristicPathLength());
        int earlier = state.History.Sum(e => e.Formed + e.Pruned), formed = journal.Skip(earlier).Count(change => change.Kind == StructuralChangeKind.Formed);
        return new EpochRecord(epoch, means.Loss, means.Accuracy, accuracy, means.SpikeRate, Mean(graphs, graph => graph.Density), state.Metrics.LearningRate)
        {
            Clustering = Mean(graphs, graph => graph.ClusteringCoefficient()),
            PathLength = graphs.Length > 0 && double.IsFinite(pathLength) ? pathLength : null,
            Formed = formed,
            Pruned = journal.Count - earlier - formed,
            DeadColumns = means.ColumnRates.Count(rate => rate < ColumnWarning.DeadRate),
            SaturatedColumns = means.ColumnRates.Count(rate => rate > ColumnWarning.SaturatedRate),
            StdpShare = state.Training.StdpShare,
        };
    }

    /// <summary>The mean over the graphs; 0 where there are none.</summary>
    private static double Mean(Graph[] graphs, Func<Graph, double> measure) => graphs.Length == 0 ? 0 : graphs.Average(measure);
}
