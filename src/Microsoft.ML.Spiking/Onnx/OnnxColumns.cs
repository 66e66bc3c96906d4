using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Hosting;

namespace Microsoft.ML.Spiking.Onnx;

/// <summary>A layer of columns in an ONNX graph.</summary>
/// <param name="graph">The graph.</param>
/// <param name="layer">The layer.</param>
/// <param name="trained">What it learnt.</param>
/// <param name="read">What it reads.</param>
/// <param name="shape">What it makes of that.</param>
internal sealed class OnnxColumns(OnnxGraph graph, ColumnLayer layer, TrainedLayer trained, LayerInput read, LayerShape shape)
    : OnnxLayer(trained, read, shape, OnnxNeurons.Of(graph, [layer.Excitatory, layer.Inhibitory], Types(layer, shape)), shape.Neurons)
{
    // A gigabyte.
    private const long MostRecurrent = 1L << 28;

    private readonly OnnxTensor _weights = graph.Transposed(trained.InputWeights.AsSpan(), shape.Neurons, trained.Inputs);
    private readonly OnnxTensor? _biases = trained.Biases.IsEmpty ? null : graph.Constant(trained.Biases, shape.Neurons);
    private readonly OnnxTensor _signs = graph.Constant(Types(layer, shape).Select(type => type == 0 ? 1f : -1f), shape.Neurons);
    private readonly OnnxTensor _heard = graph.Transposed(trained.Heard(), shape.Groups, shape.Groups);
    private readonly OnnxTensor? _recurrent = layer.Recurrence is null ? null : graph.Constant(Recurrent(trained, shape), shape.Neurons, shape.Neurons);

    protected override bool Hears => layer.Coupling > 0 || _recurrent is not null;

    public override OnnxTensor Counted(OnnxTensor fired)
    {
        OnnxTensor signed = fired * _signs;
        return (InColumns(signed) * (Influence(signed) * (float)layer.Modulation + 1)).Reshape(-1, Shape.Neurons);
    }

    protected override OnnxTensor Current(OnnxTensor arriving)
    {
        OnnxTensor current = arriving.Times(_weights);
        return _biases is { } biases ? current + biases : current;
    }

    protected override OnnxTensor Heard(OnnxTensor current, OnnxTensor fired)
    {
        if (layer.Coupling > 0) current = (InColumns(current) + Influence(fired * _signs) * (float)layer.Coupling).Reshape(-1, Shape.Neurons);
        return _recurrent is { } weights ? current + fired.Times(weights) : current;
    }

    private static int[] Types(ColumnLayer layer, LayerShape shape)
        => [.. Enumerable.Range(0, shape.Neurons).Select(neuron => neuron % layer.NeuronsPerColumn < layer.ExcitatoryNeurons ? 0 : 1)];

    private OnnxTensor InColumns(OnnxTensor neurons) => neurons.Reshape(-1, Shape.Groups, Shape.PerGroup);

    /// <summary>What each column hears, [row, column, 1], of spikes that count -1 where they inhibit, [row, neuron].</summary>
    private OnnxTensor Influence(OnnxTensor signed)
        => (InColumns(signed).Sum(axis: 2, keep: false) / Shape.PerGroup).Times(_heard).Reshape(-1, Shape.Groups, 1);

    /// <summary>The weights between the neurons, [pre, post], 0 where none hears the other.</summary>
    private static float[] Recurrent(TrainedLayer trained, LayerShape shape)
    {
        int neurons = shape.Neurons, perColumn = shape.PerGroup;
        if ((long)neurons * neurons > MostRecurrent)
            throw Trouble.Onnx.NotSupported($"{neurons} neurons that hear each other are too many for a graph of ONNX, in which all pairs of them stand; "
                + "train fewer, or without Recurrence.");
        var weights = new float[neurons * neurons];
        int at = 0;
        for (int pair = 0; pair < shape.Groups * shape.Groups; pair++)
        {
            var (post, pre) = Math.DivRem(pair, shape.Groups);
            if (!trained.RecurrentTopology[post, pre]) continue;
            for (int i = 0; i < perColumn; i++)
                for (int j = 0; j < perColumn; j++) weights[(pre * perColumn + j) * neurons + post * perColumn + i] = trained.RecurrentWeights[at++];
        }
        return weights;
    }
}
