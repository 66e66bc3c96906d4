using System.Xml.Linq;

namespace Microsoft.ML.Spiking.Tests.Pictures;

[TestClass]
public class RasterPictureTests
{
    private static readonly SpikeRecording s_recording = Stripes.Recording;
    private static readonly LayerRecording s_layer = s_recording.Layers[0];
    private static readonly XElement s_picture = Drawn.Read(SpikePictures.Raster(s_recording));

    [TestMethod]
    public void Every_spike_is_drawn_in_its_columns_panel_and_its_populations_colour()
    {
        XElement[] panels = s_picture.Of("g", "column");
        Assert.HasCount(8, panels);
        for (int column = 0; column < 8; column++)
        {
            Assert.AreEqual(Count(column, 0, 8), panels[column].Of("path", "excitatory").Marks());
            Assert.AreEqual(Count(column, 8, 10), panels[column].Of("path", "inhibitory").Marks());
        }
        Assert.IsGreaterThan(0, s_recording.Cost.Spikes);
        Assert.AreEqual(s_recording.Cost.Spikes, panels.Sum(panel => panel.Elements(Svg.Space + "path").Marks()));
    }

    [TestMethod]
    public void A_held_input_is_a_line_for_each_input_that_is_on()
    {
        Assert.IsTrue(s_layer.IsHeld);
        Assert.AreEqual(s_layer.Inputs(0).Length, s_picture.Of("g", "input").Single().Of("path", "quiet").Marks());
        Assert.Contains("Input, held in all steps", s_picture.Words());
    }

    [TestMethod]
    public void A_few_neurons_stand_in_one_panel_above_the_other_and_many_side_by_side()
    {
        Assert.AreEqual(1, RasterGrid.Of(steps: 12, columns: 8, neurons: 10, excitatory: 8).Across);
        RasterGrid published = RasterGrid.Of(steps: 50, columns: 64, neurons: 128, excitatory: 102);
        Assert.AreEqual(8, published.Across);
        Assert.IsLessThan(1300, published.Height);
    }

    private static int Count(int column, int from, int to)
        => Enumerable.Range(0, s_recording.Steps).Sum(step => Enumerable.Range(from, to - from).Count(neuron => s_layer.Fired(step, column, neuron)));
}
