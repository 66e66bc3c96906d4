using System.Xml.Linq;

namespace Microsoft.ML.Spiking.Tests.Pictures;

[TestClass]
public class FieldsPictureTests
{
    [TestMethod]
    public void A_weight_is_a_pixel_of_its_sign_and_size_and_a_zero_is_paper()
    {
        // Neuron 2 of column 1: 1 at row 0, column 1, and -0.5 at row 4, column 3, of 5 by 4.
        float[] weights = new float[8 * 10 * 20];
        weights[(1 * 10 + 2) * 20 + 1] = 1;
        weights[(1 * 10 + 2) * 20 + 4 * 4 + 3] = -0.5f;
        SpikingModel model = Stripes.Model.With(trained => trained with { InputWeights = [.. weights] });
        XElement field = Drawn.Read(SpikePictures.Fields(model, [(1, 2)])).Of("g", "field").Single();
        XElement positive = field.Of("path", "excitatory").Single(), negative = field.Of("path", "inhibitory").Single();
        Assert.AreEqual("M1 0h1v1h-1z", positive.Attribute("d")!.Value);
        Assert.IsNull(positive.Attribute("opacity"));
        Assert.AreEqual("M3 4h1v1h-1z", negative.Attribute("d")!.Value);
        Assert.AreEqual(0.5, negative.Number("opacity"));
        CollectionAssert.AreEqual((string[])["1 · 2", "±1.00"], field.Words());
    }

    [TestMethod]
    public void Of_eight_columns_five_neurons_each_are_shown_from_the_first_to_the_last()
    {
        var shown = FieldsPicture.Spread(Stripes.Model);
        Assert.HasCount(40, shown);
        CollectionAssert.AreEqual((int[])[0, 2, 4, 6, 9], shown.Take(5).Select(neuron => neuron.Neuron).ToArray());
    }

    [TestMethod]
    public void A_column_that_sees_a_patch_has_it_outlined()
    {
        SpikingModel patched = Stripes.Model.With(trained => trained with
        {
            Layer = ((ColumnLayer)trained.Layer) with { ReceptiveField = new ReceptiveField { Height = 5, Width = 2 } },
        });
        XElement outline = Drawn.Read(SpikePictures.Fields(patched, [(0, 0)])).Of("rect", "quiet-line").Single();
        Assert.AreEqual(2 * outline.Number("height") / 5, outline.Number("width"), 0.01);
    }

    [TestMethod]
    public void A_network_of_spike_trains_has_no_such_fields()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => SpikePictures.Fields(Stripes.Model with { Input = InputShape.SpikeTrain(8, 20) }));
        Assert.StartsWith("The network reads [8, 20], which is no image, but receptive fields need one; train it on a column of dimensions [height, width].", error.Message);
    }

    [TestMethod]
    public void A_neuron_that_is_not_there_is_named()
    {
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => SpikePictures.Fields(Stripes.Model, [(0, 0), (8, 0)]));
        Assert.StartsWith("There is no neuron 0 of column 8: the network has 8 columns of 10 neurons, counted from 0.", error.Message);
    }
}
