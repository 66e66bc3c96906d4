using System.Xml.Linq;

namespace Microsoft.ML.Spiking.Tests.Pictures;

[TestClass]
public class WinnersPictureTests
{
    // Two neurons on images of 2 by 3: neuron 0 speaks for the second class, neuron 1 for the first.
    private static WinnerTakeAllModel Model { get; } = new()
    {
        Network = new() { Neurons = 2 }, Learning = new(), Epochs = 1, Seed = 1, Rows = 2, LabelledRows = 2, Input = InputShape.Intensities(2, 3), Classes = 2,
        Standardisation = new(0, 1), Gain = 1, Weights = [0, 0, 0, 0, 0.5f, 0.25f, 1, 1, 0, 0, 0, 0], Thresholds = [13, 13], ClassSpikes = [0, 2, 3, 1],
        ClassShares = [0.5f, 0.5f],
    };

    [TestMethod]
    public void A_weight_is_a_pixel_and_neurons_stand_in_the_order_of_their_classes()
    {
        XElement[] fields = [.. Drawn.Read(SpikePictures.Winners(Model, ["nought", "one"])).Of("g", "field")];
        CollectionAssert.AreEqual((string[])["nought"], fields[0].Words());
        CollectionAssert.AreEqual((string[])["one"], fields[1].Words());
        Assert.AreEqual("M0 0h2v1h-2z", fields[0].Of("path", "excitatory").Single().Attribute("d")!.Value);
        XElement[] shades = [.. fields[1].Of("path", "excitatory")];
        CollectionAssert.AreEquivalent((string[])["M1 1h1v1h-1z", "M2 1h1v1h-1z"], shades.Select(shade => shade.Attribute("d")!.Value).ToArray());
        Assert.AreEqual(0.5, shades.Single(shade => shade.Attribute("d")!.Value.StartsWith("M2", StringComparison.Ordinal)).Number("opacity"));
    }

    [TestMethod]
    public void Of_many_neurons_a_hundred_are_shown_from_the_first_to_the_last()
    {
        int[] shown = WinnersPicture.Spread([.. Enumerable.Range(0, 400)]);
        Assert.HasCount(100, shown);
        Assert.AreEqual((0, 399), (shown[0], shown[^1]));
        Assert.HasCount(7, WinnersPicture.Spread([.. Enumerable.Range(0, 7)]));
    }

    [TestMethod]
    public void What_cannot_be_drawn_is_said()
    {
        Assert.StartsWith("The layer reads [6], which is no image, but receptive fields need one;",
            Assert.ThrowsExactly<ArgumentException>(() => SpikePictures.Winners(Model with { Input = InputShape.Intensities(6) })).Message);
        Assert.StartsWith("There are 3 names for 2 classes; give one for each.",
            Assert.ThrowsExactly<ArgumentException>(() => SpikePictures.Winners(Model, ["a", "b", "c"])).Message);
    }
}
