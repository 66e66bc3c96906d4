using System.Text.Json;

namespace Microsoft.ML.Spiking.Tests.Pictures;

/// <summary>Pictures and reports of a network whose first layer has channels: what it has is shown, what only columns have is left out, or refused by name.</summary>
[TestClass]
public class ConvolutionPicturesTests
{
    private static readonly SpikingModel s_model = Model();

    private static readonly SpikeRecording s_recording = new SpikeRecorder(s_model).Record(Stripes.Image(0));

    [TestMethod]
    public void Its_spikes_and_membranes_are_drawn()
    {
        Assert.Contains("3 columns of 20 neurons", Words(SpikePictures.Raster(s_recording)));
        Assert.IsGreaterThan(0, s_recording.Layers[0].SpikeCount.Sum(), "neurons must fire for this to tell anything");
        Assert.Contains("threshold 1", Words(SpikePictures.Membrane(s_recording, column: 2, neuron: 19)));
        Assert.Contains("3 columns fire", Words(SpikePictures.Rates(s_model)));
        Assert.Contains("4 columns", Words(SpikePictures.Ring(s_model, layer: 1)));
    }

    [TestMethod]
    public void What_it_does_not_have_is_refused_by_name()
    {
        foreach (Action draw in (Action[])[() => SpikePictures.Ring(s_model), () => SpikePictures.Matrix(s_model), () => TopologyHistory.Of(s_model), () => UsedConnection.Of(s_model)])
            Assert.Contains("Layer 0 is a ConvolutionLayer, which has no columns that are connected", Assert.ThrowsExactly<ArgumentException>(draw).Message);
        Assert.Contains("The first layer is a ConvolutionLayer", Assert.ThrowsExactly<ArgumentException>(() => SpikePictures.Fields(s_model)).Message);
    }

    [TestMethod]
    public void A_report_leaves_out_what_it_does_not_have()
    {
        (int Sample, SpikeRecording Recording)[] shown = [(0, s_recording)];
        ReportLayer maps = ReportLayer.Of(s_model, layer: 0, shown, [s_recording], new SpikingReportOptions()), columns = ReportLayer.Of(s_model, layer: 1, shown, [s_recording], new SpikingReportOptions());
        Assert.IsNull(maps.Topology);
        Assert.IsNull(maps.Fields);
        Assert.IsNotNull(columns.Topology);
        Assert.AreEqual((3, 20), (maps.Activity.Columns, maps.Activity.NeuronsPerColumn));
        Assert.HasCount(60, maps.Rates.Excitatory);
        Assert.IsEmpty(maps.Rates.Inhibitory);
        Assert.IsNotEmpty(JsonSerializer.Serialize(maps));
    }

    private static string Words(SvgPicture picture) => string.Join('\n', Drawn.Read(picture).Words());

    /// <summary>Three channels over the stripes' 5 by 4 pixels, 3 by 2 places of which four columns read; nothing has been learnt.</summary>
    private static SpikingModel Model()
    {
        var network = new SpikingNetwork
        {
            Code = new DirectCode { Gain = 1 },
            TimeSteps = 4,
            Layers = [new ConvolutionLayer { Channels = 3, KernelHeight = 3, KernelWidth = 3, Gain = 3 }, new ColumnLayer { Columns = 4, NeuronsPerColumn = 5 }],
        };
        return Spiking.Model.Drawn.Model(Spiking.Model.Drawn.Of(network), ColumnNames.Default, seed: 1, InputShape.Intensities(Stripes.Height, Stripes.Width), FeatureStatistics.None) with { Standardisation = new Standardisation(0, 1) };
    }
}
