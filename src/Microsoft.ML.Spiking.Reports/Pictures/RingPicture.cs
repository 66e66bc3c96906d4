using System.Xml.Linq;

namespace Microsoft.ML.Spiking;

/// <summary>The connections between columns as a ring.</summary>
internal static class RingPicture
{
    private const string BothWays = "excitatory-line", OneWay = "third-line", New = "third-line", Gone = "inhibitory-line";

    public static SvgPicture Draw(Graph graph)
        => Picture(graph, "", Pairs(graph).Select(pair => Connection(graph, pair, 0.4)));

    public static SvgPicture Draw(TrainedLayer layer)
    {
        float[] weights = layer.Heard();
        WeightRange range = WeightRange.Of(layer);
        double Weight((int A, int B) pair) => Math.Max(weights[pair.A * layer.Layer.Nodes + pair.B], weights[pair.B * layer.Layer.Nodes + pair.A]);
        return Picture(layer.Topology, $"; weights from thin to thick, {range}",
            Pairs(layer.Topology).OrderBy(Weight).Select(pair => Connection(layer.Topology, pair, range.Share(Weight(pair)))));
    }

    public static SvgPicture Draw(TopologyMoment moment)
    {
        var ring = new RingCircle(moment.Graph.Nodes);
        HashSet<(int A, int B)> formed = [.. moment.Formed.Select(Pair)], pruned = [.. moment.Pruned.Select(Pair)];
        return new SvgPicture(
            moment.Batch == 0 ? "Connections at the start of training" : $"Connections after batch {moment.Batch}",
            $"{Counted(moment.Graph)}; {moment.Formed.Count} formed, {moment.Pruned.Count} pruned",
            RingCircle.Height,
            Legend.Draw(SvgPicture.Width - SvgPicture.Margin, 36, ("quiet-line", "stands"), ($"{New} curve", "formed"), ($"{Gone} dashed", "pruned")),
            Pairs(moment.Graph).Where(pair => !formed.Contains(pair)).Select(pair => ring.Connection("quiet-line", pair.A, pair.B, 0.1)),
            pruned.Select(pair => ring.Connection($"{Gone} dashed", pair.A, pair.B, 0.5)),
            formed.Select(pair => ring.Connection(New, pair.A, pair.B, 0.5)),
            ring.Columns());
    }

    private static SvgPicture Picture(Graph graph, string weights, IEnumerable<XElement> connections) => new(
        "Connections between columns",
        Counted(graph) + weights,
        RingCircle.Height,
        Legend.Draw(SvgPicture.Width - SvgPicture.Margin, 36, ($"{BothWays} curve", "both ways"), ($"{OneWay} curve", "one way")),
        connections,
        new RingCircle(graph.Nodes).Columns());

    private static XElement Connection(Graph graph, (int A, int B) pair, double strength)
        => new RingCircle(graph.Nodes).Connection(graph[pair.A, pair.B] && graph[pair.B, pair.A] ? BothWays : OneWay, pair.A, pair.B, strength);

    private static IEnumerable<(int A, int B)> Pairs(Graph graph) =>
        from a in Enumerable.Range(0, graph.Nodes)
        from b in Enumerable.Range(a, graph.Nodes - a)
        where graph[a, b] || graph[b, a]
        select (a, b);

    private static (int A, int B) Pair(StructuralChange change) => (Math.Min(change.From, change.To), Math.Max(change.From, change.To));

    private static string Counted(Graph graph)
        => $"{graph.Nodes} columns, {graph.Connections} connections, {Svg.Number(100 * graph.Density)} % of all possible";
}
