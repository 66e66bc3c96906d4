namespace Microsoft.ML.Spiking;

/// <summary>What an epoch leaves in the history.</summary>
internal static class EpochEnd
{
    /// <param name="state">The training at the epoch's end.</param>
    /// <param name="epoch">Which, from 1.</param>
    /// <param name="means">Its means.</param>
    /// <param name="accuracy">On the validation rows; null where it was not measured.</param>
    public static EpochRecord Record(TrainingState state, int epoch, EpochMeans means, double? accuracy)
    {
        SpikingNetwork network = state.Network;
        IReadOnlyList<StructuralChange> journal = state.Learner.Journal;
        Graph graph = Graph.FromAdjacency(network.Options.Columns, network.Topology.cpu().data<float>().ToArray());
        double pathLength = graph.CharacteristicPathLength();
        int earlier = state.History.Sum(e => e.Formed + e.Pruned), formed = journal.Skip(earlier).Count(change => change.Kind == StructuralChangeKind.Formed);
        return new EpochRecord(epoch, means.Loss, means.Accuracy, accuracy, means.SpikeRate, graph.Density, state.Metrics.LearningRate)
        {
            Clustering = graph.ClusteringCoefficient(),
            PathLength = double.IsFinite(pathLength) ? pathLength : null,
            Formed = formed,
            Pruned = journal.Count - earlier - formed,
            DeadColumns = means.ColumnRates.Count(rate => rate < ColumnWarning.DeadRate),
            SaturatedColumns = means.ColumnRates.Count(rate => rate > ColumnWarning.SaturatedRate),
            StdpShare = network.Plasticity.Motion.StdpShare(),
        };
    }
}
