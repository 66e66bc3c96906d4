using Microsoft.ML.Spiking.Architecture;

namespace Microsoft.ML.Spiking;

/// <summary>
/// How the connections between a model's columns came to be: the graph that training started from, and the graph after each structural update.
/// </summary>
public sealed class TopologyHistory
{
    private TopologyHistory(bool isComplete, IReadOnlyList<TopologyMoment> moments) => (IsComplete, Moments) = (isComplete, moments);

    /// <summary>The graphs in the order of training, the model's own last; at least one.</summary>
    public IReadOnlyList<TopologyMoment> Moments { get; }

    /// <summary>
    /// Whether the moments reach back to the start. False where a model's record does not tell how its connections came to be, as of one made elsewhere: then
    /// its own graph stands alone.
    /// </summary>
    public bool IsComplete { get; }

    /// <summary>Replays the journal of a model's training on the graph that its wiring and seed draw.</summary>
    /// <param name="model">A trained network.</param>
    /// <param name="layer">The layer whose columns they join, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    /// <exception cref="ArgumentException">The layer has no columns.</exception>
    public static TopologyHistory Of(SpikingModel model, int layer = 0)
    {
        TrainedLayer trained = LayerChoice.Wired(model, layer);
        WattsStrogatz wired = ((ColumnLayer)trained.Layer).Wired;
        double rewiring = wired.RewiringProbability;
        Graph graph = wired.Generate(trained.Layer.Nodes, LayerSeed.Of(model.Training.Seed, layer));
        var moments = new List<TopologyMoment> { new(0, graph, [], rewiring) };
        foreach (IGrouping<int, StructuralChange> update in model.Training.Journal.Where(change => change.Layer == layer).GroupBy(change => change.Batch))
        {
            graph = After(graph, update);
            moments.Add(new TopologyMoment(update.Key, graph, [.. update], rewiring));
        }
        return Same(graph, trained.Topology)
            ? new TopologyHistory(true, moments)
            : new TopologyHistory(false, [new TopologyMoment(model.Training.Batches, trained.Topology, [], rewiring)]);
    }

    private static Graph After(Graph graph, IEnumerable<StructuralChange> changes)
    {
        float[] connected = graph.ToAdjacency();
        foreach (StructuralChange change in changes)
            connected[change.To * graph.Nodes + change.From] = change.Kind == StructuralChangeKind.Formed ? 1 : 0;
        return Graph.FromAdjacency(graph.Nodes, connected);
    }

    private static bool Same(Graph a, Graph b) => a.Nodes == b.Nodes && a.ToAdjacency().AsSpan().SequenceEqual(b.ToAdjacency());
}
