namespace Microsoft.ML.Spiking.Tests.Kernels;

[TestClass]
public class LanesTests
{
    /// <summary>Two columns of 18 neurons, of which two are inhibitory: two words of 16 lanes each, and one panel.</summary>
    private static readonly Lanes s_lanes = new(new ColumnLayer
    {
        Columns = 2, NeuronsPerColumn = 18, ExcitatoryFraction = 16 / 18.0, Excitatory = new LifNeuron { Threshold = 2 }, Inhibitory = new LifNeuron { Threshold = 3 },
    });

    [TestMethod]
    public void A_neuron_has_a_lane_and_a_lane_its_neuron()
    {
        Assert.AreEqual((2, 4, 1), (s_lanes.WordsPerColumn, s_lanes.Words, s_lanes.Panels));
        Assert.AreEqual((0, 17, 32, 49), (s_lanes.Of(0), s_lanes.Of(17), s_lanes.Of(18), s_lanes.Of(35)));
        for (int neuron = 0; neuron < 36; neuron++) Assert.AreEqual(neuron, s_lanes.NeuronOf(s_lanes.Of(neuron)));
        Assert.AreEqual((1, (34, 2)), (s_lanes.ColumnOf(3), s_lanes.NeuronsOf(3)));
        Assert.AreEqual((18, 16), s_lanes.NeuronsOf(2));
    }

    [TestMethod]
    public void Signs_and_constants_are_the_neurons_own_and_padding_never_fires()
    {
        for (int lane = 0; lane < Lanes.Panel; lane++)
        {
            int within = lane % 32;
            Assert.AreEqual(within < 16 ? 1 : within < 18 ? -1 : 0, s_lanes.Sign[lane], $"sign of lane {lane}");
            if (within < 18) Assert.AreEqual(within < 16 ? 2 : 3, s_lanes.Constants[2][lane], $"threshold of lane {lane}");
            else Assert.IsGreaterThan(3, s_lanes.Constants[2][lane], $"threshold of lane {lane}");
        }
        CollectionAssert.AreEqual(new PanelShare[] { new(0, 0, 0xFFFF, 0x3_0000), new(0, 1, 0xFFFFul << 32, 3ul << 48) }, s_lanes.Shares);
    }

    [TestMethod]
    [DataRow(4, 16, 1)]
    [DataRow(4, 17, 2)]
    [DataRow(5, 16, 2)]
    [DataRow(1, 128, 2)]
    public void There_are_no_more_panels_than_neurons_need(int columns, int neurons, int panels)
        => Assert.AreEqual(panels, new Lanes(new ColumnLayer { Columns = columns, NeuronsPerColumn = neurons }).Panels);
}
