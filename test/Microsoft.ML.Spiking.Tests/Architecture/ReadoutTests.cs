namespace Microsoft.ML.Spiking.Tests.Architecture;

/// <summary>What a readout reads, and how it may be put together.</summary>
[TestClass]
public class ReadoutTests
{
    [TestMethod]
    [DataRow(1, (WindowPooling)7, "Readout.Pooling is 7, but it must be Concatenate, Maximum or Attention.")]
    [DataRow(1, WindowPooling.Maximum, "Readout.Pooling is Maximum, but there is a single window, of which nothing is to be made; set Readout.Windows to 2 or more, as to TimeSteps.")]
    [DataRow(1, WindowPooling.Attention, "Readout.Pooling is Attention, but there is a single window, of which nothing is to be made; set Readout.Windows to 2 or more, as to TimeSteps.")]
    public void A_single_window_leaves_nothing_to_pool(int windows, WindowPooling pooling, string fault)
    {
        SpikingNetwork network = new() { Readout = new Readout { Windows = windows, Pooling = pooling } };
        StringAssert.StartsWith(Assert.ThrowsExactly<ArgumentException>(network.Check).Message, fault);
    }

    [TestMethod]
    [DataRow(WindowPooling.Concatenate, 5 * 12, 0)]
    [DataRow(WindowPooling.Maximum, 12, 0)]
    [DataRow(WindowPooling.Attention, 12, 12)]
    public void Windows_side_by_side_have_weights_of_their_own_and_pooled_ones_share_theirs(WindowPooling pooling, int inputs, int attention)
    {
        SpikingNetwork network = Toy.Options.Network with
        {
            Layers = [Toy.Options.Network.ColumnLayers[0] with { Columns = 3, NeuronsPerColumn = 4, Wiring = null }],
            Readout = new Readout { HiddenUnits = 0, Windows = 5, Pooling = pooling },
        };
        var ml = new MLContext(seed: 1);
        SpikingModel model = ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options with { Network = network, Batches = 3 }).Fit(Toy.Data(ml)).Model;
        Assert.HasCount(model.Classes * inputs, model.OutputWeights);
        Assert.HasCount(attention, model.AttentionWeights);
        Assert.IsTrue(attention == 0 || model.AttentionWeights.Any(weight => weight != 0), "it learns");
        Assert.AreEqual(5 * 12, model.Network.ReadRates(model.Input));
    }
}
