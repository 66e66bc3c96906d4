using System.Xml.Linq;

namespace Microsoft.ML.Spiking;

/// <summary>How the connections changed in training, update by update: density, degree, clustering and path length, beside what theory expects.</summary>
internal static class TopologyPicture
{
    private static readonly (string Look, string Words) Lattice = ("quiet-line dashed", "lattice"), Random = ("quiet-line dotted", "random");

    public static SvgPicture Draw(TopologyHistory history)
    {
        IReadOnlyList<TopologyMoment> moments = history.Moments;
        int last = moments[^1].Batch;
        FourCharts charts = new(moments.Count == 1 ? Axis.Count("training batch", last, last, 1) : Axis.FromZero("training batch", last, 6) with { To = last });
        int formed = moments.Sum(moment => moment.Formed.Count), pruned = moments.Sum(moment => moment.Pruned.Count);

        Chart density = charts.Chart(0, Axis.FromZero("connections (% of all possible)", moments.Max(moment => 100 * moment.Density)));
        Chart degree = charts.Chart(1, Axis.FromZero("neighbours of a column, mean", moments.Max(moment => moment.MeanDegree)));
        Chart clustering =
            charts.Chart(2, Axis.FromZero("clustering coefficient", moments.Max(moment => Math.Max(moment.Clustering, moment.Theory.LatticeClustering))));
        Chart paths = charts.Chart(3, Axis.Around("path length (connections)", 1, moments.SelectMany(Lengths).OfType<double>().DefaultIfEmpty(1).Max()));
        return new SvgPicture(
            "Connections between columns",
            $"{history.Moments[0].Graph.Nodes} columns; {formed} connections formed and {pruned} pruned in {moments.Count - 1} updates, "
                + $"{moments[^1].Graph.Connections} stand",
            FourCharts.Height,
            FourCharts.Titled(density, "Density", null, Measured(density, moments, moment => 100 * moment.Density)),
            FourCharts.Titled(degree, "Degree", null, Measured(degree, moments, moment => moment.MeanDegree)),
            FourCharts.Titled(clustering, "Clustering", Key(clustering, ("third-line dashed", "theory"), Lattice, Random),
                Expected(clustering, Lattice.Look, moments, theory => theory.LatticeClustering),
                Expected(clustering, Random.Look, moments, theory => theory.RandomClustering),
                Expected(clustering, "third-line dashed", moments, theory => theory.Clustering), Measured(clustering, moments, moment => moment.Clustering)),
            FourCharts.Titled(paths, "Path length", Key(paths, Lattice, Random),
                Expected(paths, Lattice.Look, moments, theory => theory.LatticePathLength),
                Expected(paths, Random.Look, moments, theory => theory.RandomPathLength),
                Measured(paths, moments, moment => moment.PathLength)));
    }

    private static double?[] Lengths(TopologyMoment moment)
        => [moment.PathLength, Finite(moment.Theory.LatticePathLength), Finite(moment.Theory.RandomPathLength)];

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static XElement Key(Chart chart, params ReadOnlySpan<(string Look, string Words)> entries) => Legend.Draw(chart.Right, chart.Top - 12, entries);

    private static IEnumerable<XElement> Measured(Chart chart, IEnumerable<TopologyMoment> moments, Func<TopologyMoment, double?> value)
        => chart.Curve("excitatory", moments.Select(moment => ((double)moment.Batch, value(moment))));

    private static XElement? Expected(Chart chart, string look, IEnumerable<TopologyMoment> moments, Func<SmallWorldTheory, double> value)
        => chart.Expected(look, moments.Select(moment => ((double)moment.Batch, Finite(value(moment.Theory)))));
}
