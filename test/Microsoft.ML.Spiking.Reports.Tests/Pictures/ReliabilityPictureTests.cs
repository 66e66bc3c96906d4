using System.Xml.Linq;

namespace Microsoft.ML.Spiking.Tests.Pictures;

[TestClass]
public class ReliabilityPictureTests
{
    // Of four answers that are 0.9 sure three are right, of two that are 0.5 sure one is: an error of 4 x 0.15 + 2 x 0, over 6.
    private static readonly ReliabilityDiagram s_diagram
        = ReliabilityDiagram.Of([(0.9, true), (0.9, true), (0.9, true), (0.9, false), (0.5, true), (0.5, false)]);

    [TestMethod]
    public void A_bar_stands_at_its_confidence_and_is_as_high_as_its_accuracy()
    {
        XElement[] bars = [.. Drawn.Read(SpikePictures.Reliability(s_diagram)).Of("rect", "excitatory").Where(bar => bar.HasElements)];
        Assert.HasCount(2, bars);
        // 0.5 lies in the eighth of 15 bins and 0.9 in the fourteenth, of an axis 788 units long; the height is 300.
        Assert.AreEqual(84 + 7 * 788 / 15.0 + 1, bars[0].Number("x"), 0.01);
        Assert.AreEqual(84 + 13 * 788 / 15.0 + 1, bars[1].Number("x"), 0.01);
        Assert.AreEqual(150, bars[0].Number("height"), 0.01);
        Assert.AreEqual(225, bars[1].Number("height"), 0.01);
        Assert.AreEqual("75.0 % right, 90.0 % sure on average; rows: 4", bars[1].Element(Svg.Space + "title")!.Value);
    }

    [TestMethod]
    public void The_line_of_scores_that_mean_what_they_say_runs_from_corner_to_corner()
    {
        XElement line = Drawn.Read(SpikePictures.Reliability(s_diagram)).Of("line", "dashed").Single(line => line.Number("y1") != line.Number("y2"));
        Assert.AreEqual(84, line.Number("x1"), 0.01);
        Assert.AreEqual(84 + 788, line.Number("x2"), 0.01);
        Assert.AreEqual(300, line.Number("y1") - line.Number("y2"), 0.01);
    }

    [TestMethod]
    public void The_error_and_the_rows_of_all_and_of_each_bar_are_written()
    {
        XElement picture = Drawn.Read(SpikePictures.Reliability(s_diagram));
        Assert.AreEqual("6 rows, expected calibration error 0.1000, 0 at best; above the bars the rows of each", picture.Words()[1]);
        CollectionAssert.AreEqual((string[])["2", "4"], picture.Of("text", "small").Select(text => text.Value).ToArray());
    }

    [TestMethod]
    public void Without_a_row_there_is_nothing_to_draw()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => SpikePictures.Reliability(ReliabilityDiagram.Of([])));
        Assert.StartsWith("The reliability diagram holds no row, but its picture needs at least one; measure rows that have a label and a score.", error.Message);
    }
}
