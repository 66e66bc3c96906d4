using System.Xml.Linq;

namespace Microsoft.ML.Spiking;

/// <summary>How the connections changed in training, update by update: density, degree, clustering and path length, beside what theory expects.</summary>
internal static class TopologyPicture
{
    public static SvgPicture Draw(TopologyHistory history)
    {
        IReadOnlyList<TopologyMoment> moments = history.Moments;
        int last = moments[^1].Batch;
        FourCharts charts = new(moments.Count == 1 ? Axis.Count("training batch", last, last, 1) : Axis.FromZero("training batch", last, 6) with { To = last });
        int formed = moments.Sum(moment => moment.Formed.Count), pruned = moments.Sum(moment => moment.Pruned.Count);

        Chart density = charts.Chart(0, Axis.FromZero("connections (% of all possible)", moments.Max(moment => 100 * moment.Density)));
        Chart degree = charts.Chart(1, Axis.FromZero("neighbours of a column, mean", moments.Max(moment => moment.MeanDegree)));
        Chart clustering = charts.Chart(2, Axis.FromZero("clustering coefficient", moments.Max(moment => Math.Max(moment.Clustering, moment.Theory.LatticeClustering))));
        Chart paths = charts.Chart(3, Axis.FromZero("path length (connections)", moments.SelectMany(Lengths).OfType<double>().DefaultIfEmpty(1).Max()));
        return new SvgPicture(
            "Connections between columns",
            $"{history.Moments[0].Graph.Nodes} columns; {formed} connections formed and {pruned} pruned in {moments.Count - 1} updates, {moments[^1].Graph.Connections} stand",
            FourCharts.Height,
            FourCharts.Titled(density, "Density", null, Measured(density, moments, moment => 100 * moment.Density)),
            FourCharts.Titled(degree, "Degree", null, Measured(degree, moments, moment => moment.MeanDegree)),
            FourCharts.Titled(clustering, "Clustering", Key(clustering),
                Expected(clustering, "quiet", moments, theory => theory.LatticeClustering), Expected(clustering, "third", moments, theory => theory.Clustering),
                Expected(clustering, "quiet", moments, theory => theory.RandomClustering), Measured(clustering, moments, moment => moment.Clustering)),
            FourCharts.Titled(paths, "Path length", null,
                Expected(paths, "quiet", moments, theory => theory.LatticePathLength), Expected(paths, "quiet", moments, theory => theory.RandomPathLength),
                Measured(paths, moments, moment => moment.PathLength)));
    }

    private static double?[] Lengths(TopologyMoment moment) => [moment.PathLength, Finite(moment.Theory.LatticePathLength), Finite(moment.Theory.RandomPathLength)];

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static XElement Key(Chart chart) => Legend.Draw(chart.Right, chart.Top - 12, ("excitatory-line curve", "measured"), ("third-line dashed", "C(p)"), ("quiet-line dashed", "lattice, random"));

    private static IEnumerable<XElement> Measured(Chart chart, IEnumerable<TopologyMoment> moments, Func<TopologyMoment, double?> value)
        => chart.Curve("excitatory", moments.Select(moment => ((double)moment.Batch, value(moment))));

    private static IEnumerable<XElement> Expected(Chart chart, string look, IEnumerable<TopologyMoment> moments, Func<SmallWorldTheory, double> value)
        => chart.Dashed(look, moments.Select(moment => ((double)moment.Batch, Finite(value(moment.Theory)))));
}
