namespace Microsoft.ML.Spiking;

/// <summary>The connections between columns as a matrix: a row for each column that hears, a column for each that is heard.</summary>
internal static class MatrixPicture
{
    private const double Side = 600;

    public static SvgPicture Draw(Graph graph) => Draw(graph, "", (_, _) => 1);

    public static SvgPicture Draw(TrainedLayer layer)
    {
        float[] weights = layer.Heard();
        WeightRange range = WeightRange.Of(layer);
        return Draw(layer.Topology, $"; weights from pale to full, {range}",
            (post, pre) => 0.15 + 0.85 * range.Share(weights[post * layer.Layer.Nodes + pre]));
    }

    private static SvgPicture Draw(Graph graph, string weights, Func<int, int, double> strength)
    {
        int nodes = graph.Nodes;
        double cell = Math.Min(32, Side / nodes), side = cell * nodes;
        Axis heard = Axis.Count("column that is heard", 0, nodes - 1, 12), hears = Axis.Count("column that hears", 0, nodes - 1, 12);
        var chart = new Chart((SvgPicture.Width - side) / 2, SvgPicture.Top + 8, side, side, heard, new Axis(hears.Title, hears.To, hears.From, hears.Spacing));
        var shades = new Shades("excitatory");
        for (int post = 0; post < nodes; post++)
            for (int pre = 0; pre < nodes; pre++)
                if (graph[post, pre]) shades.Add(strength(post, pre), chart.Left + pre * cell, chart.Top + post * cell, cell, cell);
        return new SvgPicture(
            "Connections between columns",
            $"{nodes} columns, {graph.Connections} connections, {Svg.Number(100 * graph.Density)} % of all possible{weights}",
            chart.Bottom + 52,
            Svg.Rectangle("grid", chart.Left, chart.Top, side, side, 0.4),
            shades.Draw(),
            Svg.Line("frame-line dashed", chart.Left, chart.Top, chart.Right, chart.Bottom),
            chart.Labels());
    }
}
