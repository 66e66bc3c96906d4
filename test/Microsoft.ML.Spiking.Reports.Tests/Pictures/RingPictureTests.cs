using System.Xml.Linq;

namespace Microsoft.ML.Spiking.Tests.Pictures;

[TestClass]
public class RingPictureTests
{
    // Column 0 and 1 hear each other; 2 hears 0; 3 hears itself.
    private static readonly Graph s_graph = Graph.FromAdjacency(4, [0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1]);

    [TestMethod]
    public void A_pair_that_hears_each_other_is_one_curve_and_a_single_direction_another()
    {
        XElement picture = Drawn.Read(SpikePictures.Ring(s_graph));
        Assert.HasCount(2, picture.Of("path", "excitatory-line"));   // 0-1, and 3 with itself
        Assert.HasCount(1, picture.Of("path", "third-line"));   // 0 → 2
        Assert.HasCount(4, picture.Of("circle", "ink"));
        Assert.AreEqual("4 columns, 4 connections, 25 % of all possible", picture.Words()[1]);
    }

    [TestMethod]
    public void Column_0_stands_at_the_top_and_the_others_follow_clockwise()
    {
        XElement[] columns = Drawn.Read(SpikePictures.Ring(s_graph)).Of("circle", "ink");
        Assert.AreEqual(600, columns[2].Number("cy") - columns[0].Number("cy"));
        Assert.AreEqual(600, columns[1].Number("cx") - columns[3].Number("cx"));
    }

    [TestMethod]
    public void The_strongest_weight_is_the_thickest_line()
    {
        SpikingModel model = Stripes.Model.With(trained => trained with
        {
            Layer = ((ColumnLayer)trained.Layer) with { Columns = 4 },
            Topology = s_graph,
            InterWeights = [0, -1, 0, 0, -1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0],
        });
        XElement picture = Drawn.Read(SpikePictures.Ring(model));
        Assert.AreEqual(3.2, picture.Of("path", "third-line").Single().Number("stroke-width"));
        Assert.AreEqual(0.7, picture.Of("path", "excitatory-line").Min(line => line.Number("stroke-width")));
    }

    [TestMethod]
    public void A_moment_shows_what_formed_and_what_went()
    {
        TopologyMoment moment = TopologyHistory.Of(Stripes.Model).Moments[1];
        XElement picture = Drawn.Read(SpikePictures.Ring(moment));
        Assert.HasCount(Pairs(moment.Formed), picture.Of("path", "third-line"));
        Assert.HasCount(Pairs(moment.Pruned), picture.Of("path", "dashed"));
    }

    private static int Pairs(IEnumerable<StructuralChange> changes) => changes.Select(change => (Math.Min(change.From, change.To), Math.Max(change.From, change.To))).Distinct().Count();
}
