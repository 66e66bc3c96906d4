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
        return new OnnxOutputs(rates, Logits(graph, model, rates), Joined(groups), shown.Row);
    }

    private static OnnxTensor Joined(List<OnnxTensor> parts) => OnnxTensor.Join(axis: 1, [.. parts]);

    private static OnnxTensor? Logits(OnnxGraph graph, SpikingModel model, OnnxTensor rates)
    {
        if (model.Classes == 0) return null;
        int hidden = model.HiddenBias.Length;
        OnnxTensor units = rates;
        if (hidden > 0) units = graph.Node("Relu", [Dense(graph, rates, model.HiddenWeights, model.HiddenBias)]);
        OnnxTensor logits = Dense(graph, units, model.OutputWeights, model.OutputBias);
        return model.Temperature == 1 ? logits : logits / model.Temperature;
    }

    private static OnnxTensor Dense(OnnxGraph graph, OnnxTensor input, IReadOnlyList<float> weights, IReadOnlyList<float> bias)
        => graph.Node("Gemm", [input, graph.Constant(weights, bias.Count, weights.Count / bias.Count), graph.Constant(bias, bias.Count)], ("transB", 1L));
}
