using Microsoft.ML.Spiking.Architecture;

namespace Microsoft.ML.Spiking.Onnx;

/// <summary>A layer of columns in an ONNX graph.</summary>
/// <param name="layer">The layer.</param>
/// <param name="trained">What it learnt.</param>
/// <param name="shape">What it is.</param>
/// <param name="windows">Windows that the readout reads its spikes in.</param>
internal sealed class OnnxColumns(ColumnLayer layer, TrainedLayer trained, LayerShape shape, int windows) : OnnxLayer(trained, shape, windows)
{
    private OnnxNeurons? _neurons;
    private OnnxTensor _weights, _biases, _signs, _heard;
    private OnnxTensor? _influence;   // of the step before

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
        OnnxTensor fired = row.Own(_neurons!.Step(current), step, rank: 2).AsSingle(), signed = fired * _signs;
        OnnxTensor ofColumns = signed.Reshape(-1, Shape.Groups, Shape.PerGroup);
        OnnxTensor influence = (ofColumns.Sum(axis: 2, keep: false) / Shape.PerGroup).Times(_heard).Reshape(-1, Shape.Groups, 1);
        _influence = influence;
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
    }
}
