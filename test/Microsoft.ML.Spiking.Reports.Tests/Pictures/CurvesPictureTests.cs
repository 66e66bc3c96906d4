using System.Xml.Linq;

namespace Microsoft.ML.Spiking.Tests.Pictures;

[TestClass]
public class CurvesPictureTests
{
    private static readonly TrainingRecord s_halving = new()
    {
        History =
        [
            new EpochRecord(1, 2, 0.5, 0.6, 0.1, 0.5, 1e-3),
            new EpochRecord(2, 1, 0.7, 0.8, 0.1, 0.5, 1e-3),
            new EpochRecord(3, 0.5, 0.9, 0.9, 0.1, 0.25, 1e-3),
        ],
        Seed = 1,
        Rows = 1234,
        Batches = 30,
        ValidationAccuracy = 0.9,
        SpikeRate = 0.1,
    };

    [TestMethod]
    public void A_loss_that_halves_twice_falls_by_a_half_and_a_quarter_of_its_height()
    {
        XElement loss = Drawn.Read(SpikePictures.Training(s_halving)).Of("g", "chart")[0];
        double[] y = [.. loss.Of("circle", "excitatory").Select(dot => dot.Number("cy"))];
        // The axis runs from 0 to 2 over 180 units.
        Assert.AreEqual(90, y[1] - y[0], 0.01);
        Assert.AreEqual(45, y[2] - y[1], 0.01);
    }

    [TestMethod]
    public void Training_and_validation_share_a_chart_and_without_validation_there_is_one_curve()
    {
        Assert.HasCount(2, Drawn.Read(SpikePictures.Training(s_halving)).Of("g", "chart")[1].Of("polyline", "curve"));
        TrainingRecord alone = s_halving with
        {
            History = [.. s_halving.History.Select(epoch => epoch with { ValidationAccuracy = null })],
            ValidationAccuracy = null,
        };
        Assert.HasCount(1, Drawn.Read(SpikePictures.Training(alone)).Of("g", "chart")[1].Of("polyline", "curve"));
    }

    [TestMethod]
    public void The_words_below_the_title_say_what_was_trained()
        => Assert.AreEqual("1,234 rows, 30 batches, seed 1; in the end 90 % of the validation rows right", Drawn.Read(SpikePictures.Training(s_halving)).Words()[1]);

    [TestMethod]
    public void Without_an_epoch_there_is_nothing_to_draw()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => SpikePictures.Training(s_halving with { History = [] }));
        Assert.StartsWith("The training record holds no epoch, but curves need at least one; give the record of a trained model.", error.Message);
    }
}
