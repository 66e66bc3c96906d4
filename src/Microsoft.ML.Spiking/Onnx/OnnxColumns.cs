using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Hosting;

namespace Microsoft.ML.Spiking.Onnx;

/// <summary>A layer of columns in an ONNX graph.</summary>
/// <param name="layer">The layer.</param>
/// <param name="trained">What it learnt.</param>
/// <param name="shape">What it is.</param>
/// <param name="readout">How the readout reads its spikes; null where it does not.</param>
internal sealed class OnnxColumns(ColumnLayer layer, TrainedLayer trained, LayerShape shape, Readout? readout) : OnnxLayer(trained, shape, readout)
{
    // A gigabyte.
    private const long MostRecurrent = 1L << 28;

    private OnnxNeurons? _neurons;
    private OnnxTensor _weights, _biases, _signs, _heard, _recurrent;
    private OnnxTensor? _influence, _fired;   // of the step before

    protected override OnnxTensor Current(OnnxTensor[] arriving)
    {
        if (_neurons is null) Begin(arriving[0].Graph);
        OnnxTensor current = OnnxTensor.Join(axis: 1, arriving).Times(_weights);
        return Trained.Biases.IsEmpty ? current : current + _biases;
    }

    protected override (OnnxTensor Fired, OnnxTensor Counted) Step(OnnxTensor current, int step, OnnxRow row)
    {
        if (layer.Coupling > 0 && _influence is { } driven)
            current = (current.Reshape(-1, Shape.Groups, Shape.PerGroup) + driven * (float)layer.Coupling).Reshape(-1, Shape.Neurons);
        if (layer.Recurrence is not null && _fired is { } last) current += last.Times(_recurrent);
        OnnxTensor fired = row.Own(_neurons!.Step(current), step, rank: 2).AsSingle(), signed = fired * _signs;
        OnnxTensor ofColumns = signed.Reshape(-1, Shape.Groups, Shape.PerGroup);
        OnnxTensor influence = (ofColumns.Sum(axis: 2, keep: false) / Shape.PerGroup).Times(_heard).Reshape(-1, Shape.Groups, 1);
        (_influence, _fired) = (influence, fired);
        return (fired, (ofColumns * (influence * (float)layer.Modulation + 1)).Reshape(-1, Shape.Neurons));
    }

    private void Begin(OnnxGraph graph)
    {
        int excitatory = layer.ExcitatoryNeurons, neurons = layer.NeuronsPerColumn;
        int[] types = [.. Enumerable.Range(0, Shape.Neurons).Select(neuron => neuron % neurons < excitatory ? 0 : 1)];
        _neurons = OnnxNeurons.Of(graph, [layer.Excitatory, layer.Inhibitory], types);
        _weights = graph.Transposed(Trained.InputWeights.AsSpan(), Shape.Neurons, Trained.Inputs);
        if (!Trained.Biases.IsEmpty) _biases = graph.Constant(Trained.Biases, Shape.Neurons);
        _signs = graph.Constant(types.Select(type => type == 0 ? 1f : -1f), Shape.Neurons);
        _heard = graph.Transposed(Trained.Heard(), Shape.Groups, Shape.Groups);
        if (layer.Recurrence is not null) _recurrent = graph.Constant(Recurrent(), Shape.Neurons, Shape.Neurons);
    }

    /// <summary>The weights between the neurons, [pre, post], 0 where none hears the other.</summary>
    private float[] Recurrent()
    {
        int neurons = Shape.Neurons, perColumn = Shape.PerGroup;
        if ((long)neurons * neurons > MostRecurrent)
            throw Trouble.Onnx.NotSupported($"{neurons} neurons that hear each other are too many for a graph of ONNX, in which all pairs of them stand; "
                + "train fewer, or without Recurrence.");
        var weights = new float[neurons * neurons];
        int at = 0;
        for (int pair = 0; pair < Shape.Groups * Shape.Groups; pair++)
        {
            var (post, pre) = Math.DivRem(pair, Shape.Groups);
            if (!Trained.RecurrentTopology[post, pre]) continue;
            for (int i = 0; i < perColumn; i++)
                for (int j = 0; j < perColumn; j++) weights[(pre * perColumn + j) * neurons + post * perColumn + i] = Trained.RecurrentWeights[at++];
        }
        return weights;
    }
}
