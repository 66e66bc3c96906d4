using System.Xml.Linq;

namespace Microsoft.ML.Spiking.Tests.Pictures;

[TestClass]
public class TopologyPictureTests
{
    [TestMethod]
    public void Each_chart_has_a_dot_for_every_moment_and_theory_beside_clustering_and_path_length()
    {
        TopologyHistory history = TopologyHistory.Of(Stripes.Model);
        XElement[] charts = Drawn.Read(SpikePictures.Topology(history)).Of("g", "chart");
        Assert.HasCount(4, charts);
        foreach (XElement chart in charts) Assert.HasCount(history.Moments.Count, chart.Of("circle", "excitatory"));
        CollectionAssert.AreEqual((int[])[0, 0, 3, 2], charts.Select(chart => chart.Of("polyline", "dashed").Length + chart.Of("polyline", "dotted").Length).ToArray());
    }

    [TestMethod]
    public void A_moment_alone_is_a_dot_beside_straight_lines()
    {
        SpikingModel model = Stripes.Model with { Training = Stripes.Model.Training with { Journal = [] } };
        XElement clustering = Drawn.Read(SpikePictures.Topology(TopologyHistory.Of(model))).Of("g", "chart")[2];
        Assert.HasCount(1, clustering.Of("circle", "excitatory"));
        Assert.HasCount(0, clustering.Descendants(Svg.Space + "polyline"));
    }
}
