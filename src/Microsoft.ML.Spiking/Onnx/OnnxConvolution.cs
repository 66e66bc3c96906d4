using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Spiking.Images;

namespace Microsoft.ML.Spiking.Onnx;

/// <summary>A convolution layer in an ONNX graph.</summary>
/// <param name="layer">The layer.</param>
/// <param name="trained">What it learnt.</param>
/// <param name="read">What it reads.</param>
/// <param name="shape">What it makes of that.</param>
/// <param name="readout">How the readout reads its spikes; null where it does not.</param>
internal sealed class OnnxConvolution(ConvolutionLayer layer, TrainedLayer trained, LayerInput read, LayerShape shape, Readout? readout)
    : OnnxLayer(trained, shape, readout)
{
    private readonly ImageShape _image = read.Map!.Value;
    private OnnxNeurons? _neurons;
    private OnnxTensor _weights;
    private OnnxTensor? _biases;

    protected override OnnxTensor Current(OnnxTensor[] arriving)
    {
        OnnxGraph graph = arriving[0].Graph;
        if (_neurons is null) Begin(graph);
        OnnxTensor map = OnnxTensor.Join(axis: 1, [.. arriving.Select(Map)]);
        long down = layer.KernelHeight / 2, across = layer.KernelWidth / 2;
        return graph.Node("Conv", _biases is { } biases ? [map, _weights, biases] : [map, _weights], ("pads", (long[])[down, across, down, across]));
    }

    protected override (OnnxTensor Fired, OnnxTensor Counted) Step(OnnxTensor current, int step, OnnxRow row)
    {
        OnnxTensor fired = row.Own(_neurons!.Step(current), step, rank: 4).AsSingle();
        long[] window = [layer.PoolingHeight, layer.PoolingWidth];
        if (window is not [1, 1]) fired = fired.Graph.Node("MaxPool", [fired], ("kernel_shape", window), ("strides", window), ("ceil_mode", 1L));
        OnnxTensor passed = fired.Reshape(-1, Shape.Neurons);
        return (passed, passed);
    }

    private void Begin(OnnxGraph graph)
    {
        _neurons = OnnxNeurons.Of(graph, [layer.Neuron], typeOf: []);
        _weights = graph.Constant(Trained.InputWeights, [.. layer.WeightShape(Shape).Select(size => (long)size)]);
        if (!Trained.Biases.IsEmpty) _biases = graph.Constant(Trained.Biases, layer.Channels);
    }

    /// <summary>From the inputs as they come to [row, channel, image row, image column].</summary>
    private OnnxTensor Map(OnnxTensor inputs)
    {
        OnnxTensor map = inputs;
        if (_image.Unit > 1)
            map = map.Graph.Node("Transpose", [map.Reshape(-1, _image.Planes, _image.Height, _image.Width, _image.Unit)], ("perm", (long[])[0, 1, 4, 2, 3]));
        return map.Reshape(-1, _image.Channels, _image.Height, _image.Width);
    }
}
