using System.Xml.Linq;

namespace Microsoft.ML.Spiking.Tests.Pictures;

[TestClass]
public class MembranePictureTests
{
    private static readonly SpikeRecording s_recording = Stripes.Recording;
    private static readonly LayerRecording s_layer = s_recording.Layers[0];

    private static readonly (int Column, int Neuron) s_firing = (
        from column in Enumerable.Range(0, s_layer.Columns)
        from neuron in Enumerable.Range(0, s_layer.ExcitatoryNeurons)
        where Spikes(column, neuron) > 0
        select (column, neuron)).First();

    [TestMethod]
    public void The_trace_has_two_points_a_step_and_one_more_for_every_fall()
    {
        XElement picture = Drawn.Read(SpikePictures.Membrane(s_recording, s_firing.Column, s_firing.Neuron));
        int spikes = Spikes(s_firing.Column, s_firing.Neuron);
        Assert.HasCount(2 * 12 + spikes, picture.Of("polyline", "excitatory-line").Single().Attribute("points")!.Value.Split(' '));
        Assert.AreEqual(spikes, picture.Of("path", "ink").Marks());
    }

    [TestMethod]
    public void What_fired_reached_the_threshold_and_nothing_else_did()
    {
        XElement picture = Drawn.Read(SpikePictures.Membrane(s_recording, s_firing.Column, s_firing.Neuron));
        double threshold = picture.Of("line", "dashed").Single(line => line.Number("x2") - line.Number("x1") > 100).Number("y1");
        double[] heights = [.. picture.Of("polyline", "curve").Single().Attribute("points")!.Value.Split(' ').Select(point => double.Parse(point.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.AreEqual(Spikes(s_firing.Column, s_firing.Neuron), heights.Count(y => y <= threshold));
    }

    [TestMethod]
    public void It_crosses_the_threshold_where_the_neuron_fired_and_nowhere_else()
    {
        XElement picture = Drawn.Read(SpikePictures.Membrane(s_recording, s_firing.Column, s_firing.Neuron));
        double threshold = picture.Of("line", "dashed").Single(line => line.Number("x2") - line.Number("x1") > 100).Number("y1");
        (double X, double Y)[] trace = [.. picture.Of("polyline", "curve").Single().Attribute("points")!.Value.Split(' ').Select(Point)];
        var crossings = trace.Zip(trace[1..]).Where(line => line.First.Y > threshold && line.Second.Y <= threshold).ToArray();
        Assert.IsTrue(crossings.All(line => line.First.X == line.Second.X), "Upright lines.");
        Assert.HasCount(Spikes(s_firing.Column, s_firing.Neuron), crossings);
    }

    private static (double X, double Y) Point(string text)
    {
        string[] parts = text.Split(',');
        return (double.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), double.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture));
    }

    [TestMethod]
    public void An_inhibitory_neuron_is_drawn_as_one_with_its_own_threshold()
    {
        XElement picture = Drawn.Read(SpikePictures.Membrane(s_recording, 0, 9));
        Assert.HasCount(1, picture.Of("polyline", "inhibitory-line"));
        Assert.Contains($"threshold {Svg.Number(Stripes.Model.Network.ColumnLayers[0].Inhibitory.Threshold)}", picture.Words());
    }

    [TestMethod]
    public void A_threshold_that_adapts_is_drawn_as_it_moves()
    {
        SpikeRecording adapting = new SpikeRecorder(Stripes.Model.With(layer => layer with
        {
            Layer = layer.Layer.With([.. layer.Layer.NeuronTypes.Select(Adaptive)]),
        })).Record(Stripes.Image(0));

        XElement picture = Drawn.Read(SpikePictures.Membrane(adapting, s_firing.Column, s_firing.Neuron));

        double[] heights = [.. picture.Of("polyline", "dashed").Single().Attribute("points")!.Value.Split(' ').Select(point => Point(point).Y)];
        Assert.IsGreaterThan(1, Enumerable.Range(0, adapting.Steps).Count(step => adapting.Layers[0].Fired(step, s_firing.Column, s_firing.Neuron)));
        Assert.IsGreaterThan(2, heights.Distinct().Count());
        Assert.IsTrue(heights.All(y => y <= heights[0]), "It rises with spikes from where it starts, and falls back no lower.");
    }

    private static AdaptiveLifNeuron Adaptive(Neuron neuron)
        => new() { MembraneTimeConstant = 5, SynapseTimeConstant = 2, AdaptationTimeConstant = 6, Adaptation = 1, Threshold = neuron.Threshold };

    [TestMethod]
    public void There_is_no_neuron_10_of_10()
        => Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => SpikePictures.Membrane(s_recording, 0, 10));

    private static int Spikes(int column, int neuron) => Enumerable.Range(0, s_recording.Steps).Count(step => s_layer.Fired(step, column, neuron));
}
