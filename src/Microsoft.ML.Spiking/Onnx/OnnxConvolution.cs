using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Spiking.Images;

namespace Microsoft.ML.Spiking.Onnx;

/// <summary>A convolution layer in an ONNX graph.</summary>
/// <param name="graph">The graph.</param>
/// <param name="layer">The layer.</param>
/// <param name="trained">What it learnt.</param>
/// <param name="read">What it reads.</param>
/// <param name="shape">What it makes of that.</param>
internal sealed class OnnxConvolution(OnnxGraph graph, ConvolutionLayer layer, TrainedLayer trained, LayerInput read, LayerShape shape)
    : OnnxLayer(trained, read, shape, OnnxNeurons.Of(graph, [layer.Neuron], typeOf: []), layer.Channels, read.Map!.Value.Height, read.Map.Value.Width)
{
    private readonly ImageShape _image = read.Map!.Value;
    private readonly OnnxTensor _weights = graph.Constant(trained.InputWeights, [.. layer.WeightShape(shape).Select(size => (long)size)]);
    private readonly OnnxTensor? _biases = trained.Biases.IsEmpty ? null : graph.Constant(trained.Biases, layer.Channels);

    protected override OnnxTensor Current(OnnxTensor arriving)
    {
        OnnxTensor map = Map(arriving);
        long down = layer.KernelHeight / 2, across = layer.KernelWidth / 2;
        return map.Graph.Node("Conv", _biases is { } biases ? [map, _weights, biases] : [map, _weights], ("pads", (long[])[down, across, down, across]));
    }

    protected override OnnxTensor Read(OnnxTensor fired)
    {
        long[] window = [layer.PoolingHeight, layer.PoolingWidth];
        if (window is not [1, 1]) fired = fired.Graph.Node("MaxPool", [fired], ("kernel_shape", window), ("strides", window), ("ceil_mode", 1L));
        return fired.Reshape(-1, Shape.Neurons);
    }

    /// <summary>From the inputs as they come to [row, channel, image row, image column], the channels of each delay behind those of the one before.</summary>
    private OnnxTensor Map(OnnxTensor inputs)
    {
        int delays = layer.Delays.Length;
        OnnxTensor map = inputs.Reshape(-1, delays * _image.Planes, _image.Height, _image.Width, _image.Unit);
        if (_image.Unit > 1) map = map.Graph.Node("Transpose", [map], ("perm", (long[])[0, 1, 4, 2, 3]));
        return map.Reshape(-1, delays * _image.Channels, _image.Height, _image.Width);
    }
}
