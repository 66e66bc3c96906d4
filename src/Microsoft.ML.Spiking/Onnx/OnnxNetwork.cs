using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Spiking.Scoring;

namespace Microsoft.ML.Spiking.Onnx;

/// <summary>A trained network as an ONNX graph.</summary>
internal static class OnnxNetwork
{
    /// <summary>Writes what a network makes of a column.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="model">The network.</param>
    /// <param name="order">Where the features stand in the column; null where they stand as in training.</param>
    /// <param name="loops">Whether its time steps are a loop, however few they are.</param>
    /// <exception cref="NotSupportedException">It cannot be exactly what the network is.</exception>
    public static OnnxOutputs Run(OnnxGraph graph, SpikingModel model, FeatureOrder? order, bool loops)
    {
        var time = new OnnxTime(graph, model.Steps, loops);
        OnnxStimulus shown = new OnnxInput(model, time).Show(graph.Column(model.Names.Features), order);
        LayerShape[] shapes = model.Network.ShapesOf(model.Input);
        LayerInput input = LayerInput.Of(model.Input);
        List<OnnxTensor> read = [], groups = [];
        for (int i = 0; i < shapes.Length; i++)
        {
            Readout? readout = model.Network.IsRead(i) ? model.Network.Readout : null;
            OnnxLayer layer = OnnxLayer.Of(graph, model.Layers[i], input, shapes[i]);
            OnnxTensor fired = layer.Run(time, shown);
            OnnxTensor counted = layer.Counted(fired.Reshape(-1, shapes[i].Neurons)).Reshape(-1, time.Steps, shapes[i].Neurons);
            var (ofNeurons, ofGroups) = new OnnxActivity(counted, time.Steps, shown.Row, shapes[i], readout).Rates();
            groups.Add(ofGroups);
            if (readout is not null)
            {
                float[] scale = layer.RateScale();
                read.Add(ofNeurons * graph.Constant(Enumerable.Repeat(scale, readout.Windows).SelectMany(each => each), readout.Windows * scale.Length));
            }
            (shown, input) = (OnnxStimulus.InTime(fired, time.Steps, shown.Row), shapes[i].Output);
        }
        OnnxTensor rates = Joined(read);
        return new OnnxOutputs(rates, Logits(graph, model, read, rates), Joined(groups), shown.Row);
    }

    private static OnnxTensor Joined(List<OnnxTensor> parts) => OnnxTensor.Join(axis: 1, [.. parts]);

    private static OnnxTensor? Logits(OnnxGraph graph, SpikingModel model, List<OnnxTensor> read, OnnxTensor rates)
    {
        if (model.Classes == 0) return null;
        OnnxTensor logits = model.Network.Readout.Readings == 1 ? Scores(graph, model, rates) : Pooled(graph, model, read);
        return model.Temperature == 1 ? logits : logits / model.Temperature;
    }

    /// <summary>What the readout's weights make of what they read, [.., input] to [.., class].</summary>
    private static OnnxTensor Scores(OnnxGraph graph, SpikingModel model, OnnxTensor inputs)
    {
        if (model.HiddenBias.Length > 0) inputs = graph.Node("Relu", [Dense(graph, inputs, model.HiddenWeights, model.HiddenBias)]);
        return Dense(graph, inputs, model.OutputWeights, model.OutputBias);
    }

    /// <summary>The same weights on each window, and what is made of that.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="model">The network.</param>
    /// <param name="read">Of each layer, [row, window and neuron].</param>
    private static OnnxTensor Pooled(OnnxGraph graph, SpikingModel model, List<OnnxTensor> read)
    {
        int windows = model.Network.Readout.Readings, inputs = model.Network.ReadoutInputs(model.Input);
        int[] neurons = [.. model.Network.ShapesOf(model.Input)[model.Network.Read].Select(shape => shape.Neurons)];
        OnnxTensor each = OnnxTensor.Join(axis: 2, [.. read.Zip(neurons, (rates, count) => rates.Reshape(-1, windows, count))]).Reshape(-1, inputs);
        OnnxTensor scores = Scores(graph, model, each).Reshape(-1, windows, model.Classes);
        if (!model.Network.Readout.Attends) return scores.Maximum(axis: 1).Reshape(-1, model.Classes);
        OnnxTensor attention = graph.Node("Softmax", [Dense(graph, each, model.AttentionWeights, [0]).Reshape(-1, windows)], ("axis", 1L));
        return (scores * attention.Reshape(-1, windows, 1)).Sum(axis: 1, keep: false);
    }

    private static OnnxTensor Dense(OnnxGraph graph, OnnxTensor input, IReadOnlyList<float> weights, IReadOnlyList<float> bias)
        => graph.Node("Gemm", [input, graph.Constant(weights, bias.Count, weights.Count / bias.Count), graph.Constant(bias, bias.Count)], ("transB", 1L));
}
