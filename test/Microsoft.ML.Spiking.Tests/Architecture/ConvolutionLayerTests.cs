using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Architecture;

/// <summary>What a convolution layer may be, what it may stand behind, and what it says where it cannot be.</summary>
[TestClass]
public class ConvolutionLayerTests
{
    private static readonly SpikingNetworkOptions s_options = new() { Network = new SpikingNetwork { Layers = [new ConvolutionLayer()] } };

    [TestMethod]
    public void Sizes_that_cannot_be_are_refused_by_name()
    {
        Says("KernelWidth is 4, but it must be odd", new ConvolutionLayer { KernelWidth = 4 });
        Says("Layers[1].KernelHeight is 2, but it must be odd", new ConvolutionLayer(), new ConvolutionLayer { KernelHeight = 2 });
        Says("PoolingHeight is 0, but", new ConvolutionLayer { PoolingHeight = 0 });
        Says("Channels is -1, but", new ConvolutionLayer { Channels = -1 });
        Says("Neuron is null", new ConvolutionLayer { Neuron = null! });
        Says("Normalisation is on but Learning is Reservoir, and", new ConvolutionLayer { Normalisation = new CurrentNormalisation(), Learning = new Reservoir() });
        Says("Layers[1].Normalisation.Scale is -1, but", new ConvolutionLayer(), new ConvolutionLayer { Normalisation = new CurrentNormalisation { Scale = -1 } });
        Says("A ConvolutionLayer follows a layer of columns", new ColumnLayer(), new ConvolutionLayer());
    }

    [TestMethod]
    public void An_input_that_is_no_image_is_refused()
    {
        var ml = new MLContext(seed: 1);
        IDataView rows = Toy.Data(ml);
        StringAssert.StartsWith(Assert.Throws<ArgumentException>(() => ml.Transforms.SpikingFeatures("Rates", "Features", s_options.Network).Fit(rows)).Message, "A ConvolutionLayer reads images or sequences");
    }

    [TestMethod]
    public void Shapes_follow_from_the_input()
    {
        var network = new SpikingNetwork { Layers = [new ConvolutionLayer { Channels = 4, Delays = [0, 3] }, new ConvolutionLayer { Channels = 6, PoolingWidth = 3 }, new ColumnLayer()] };
        LayerShape[] shapes = network.ShapesOf(InputShape.Intensities(3, 28, 29));
        Assert.AreEqual((4, 14 * 15, 2 * 3 * 25), (shapes[0].Groups, shapes[0].PerGroup, shapes[0].Synapses));
        Assert.AreEqual((6, 7 * 5, 4 * 25), (shapes[1].Groups, shapes[1].PerGroup, shapes[1].Synapses));
        Assert.AreEqual(6 * 35, shapes[2].Synapses);
        Assert.AreEqual(4 + 6 + 16, network.AllColumns);
        Assert.AreEqual("4 channels of 14 by 15 places", network.Layers[0].Said(shapes[0]));
    }

    [TestMethod]
    public void Drawn_ones_are_features_that_are_saved_and_loaded()
    {
        var ml = new MLContext(seed: 1);
        IDataView rows = Toy.Keyed(ml, Toy.Samples(12), 1, Toy.Inputs);
        var network = new SpikingNetwork { Layers = [new ConvolutionLayer { Channels = 3, Gain = 2 }, new ColumnLayer { Columns = 2, NeuronsPerColumn = 9 }], Readout = new Readout { Layers = ReadLayers.All } };
        SpikingFeaturesTransformer features = ml.Transforms.SpikingFeatures("Rates", "Features", network, seed: 5).Fit(rows);
        var loaded = (SpikingFeaturesTransformer)EstimatorChecks.SavedAndLoaded(new MLContext(seed: 9), features, rows.Schema, out _);

        Assert.AreEqual(new VectorDataViewType(NumberDataViewType.Single, 3 * 4 + 18), features.GetOutputSchema(rows.Schema)["Rates"].Type);
        Assert.AreNotEqual(0, features.Transform(rows).GetColumn<float[]>("Rates").Sum(rates => rates.Count(rate => rate != 0)));
        Views.SameValues(features.Transform(rows), loaded.Transform(rows));
    }

    private static void Says(string expected, params Layer[] layers)
        => StringAssert.StartsWith(Assert.Throws<ArgumentException>(new SpikingNetwork { Layers = [.. layers] }.Check).Message, expected);
}
