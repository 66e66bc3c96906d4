using System.Xml.Linq;

namespace Microsoft.ML.Spiking.Tests.Pictures;

[TestClass]
public class RatesPictureTests
{
    private static readonly SpikingModel s_model = Stripes.Model.With(trained => trained with
    {
        AverageRate = [0.06f, 0.06f, 0.06f, 0.2f],
        TargetRate = 0.1f,
        Layer = ((ColumnLayer)trained.Layer) with { Homeostasis = new Homeostasis { MinimumRate = 0.05, MaximumRate = 0.15 } },
    });

    [TestMethod]
    public void Three_columns_of_one_rate_are_a_bar_three_times_as_high_as_one()
    {
        XElement[] bars = Drawn.Read(SpikePictures.Rates(s_model)).Of("rect", "excitatory").Where(bar => bar.HasElements).ToArray();
        Assert.HasCount(2, bars);
        Assert.AreEqual(3 * bars[1].Number("height"), bars[0].Number("height"), 0.01);
    }

    [TestMethod]
    public void The_band_and_the_target_stand_where_homeostasis_has_them()
    {
        XElement picture = Drawn.Read(SpikePictures.Rates(s_model));
        XElement band = picture.Of("rect", "band").Single(rectangle => rectangle.Number("height") > 100);
        XElement target = picture.Of("line", "dashed").Single(line => line.Number("x1") == line.Number("x2"));
        // 0.05 to 0.15 of an axis from 0 to 0.2, 788 units long; 0.1 is its middle.
        Assert.AreEqual(788 / 2, band.Number("width"), 0.01);
        Assert.AreEqual(84 + 788 / 2, target.Number("x1"), 0.01);
        Assert.AreEqual("4 columns fire 0.095 times per neuron and step on average; 3 of them within 0.05 to 0.15, the target is 0.1", picture.Words()[1]);
    }

    [TestMethod]
    public void Without_homeostasis_there_is_no_band()
    {
        SpikingModel free = s_model.With(trained => trained with { Layer = ((ColumnLayer)trained.Layer) with { Homeostasis = null } });
        Assert.HasCount(0, Drawn.Read(SpikePictures.Rates(free)).Of("rect", "band"));
    }
}
