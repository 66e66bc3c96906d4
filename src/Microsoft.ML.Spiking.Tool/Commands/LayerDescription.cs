using Microsoft.ML.Spiking.Architecture;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>A part of a network.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Shape">The shape of its weights.</param>
/// <param name="Parameters">Numbers that are stored for it.</param>
/// <param name="Remark">What else there is to say.</param>
internal sealed record LayerDescription(string Name, IReadOnlyList<int> Shape, long Parameters, string Remark)
{
    public static IReadOnlyList<LayerDescription> Of(SpikingModel model)
    {
        int rates = model.Network.ReadoutInputs(model.Input), hidden = model.Network.Readout.HiddenUnits;
        LayerShape[] shapes = model.Network.ShapesOf(model.Input);
        var layers = new List<LayerDescription>();
        if (model.InputScale.Length > 0) layers.Add(new("input scale", [model.InputScale.Length], model.InputScale.Length, "one factor an input"));
        for (int i = 0; i < model.Layers.Length; i++)
            layers.AddRange(Of(model.Layers[i], shapes[i], model.Layers.Length == 1 ? "" : FormattableString.Invariant($"layer {i}, ")));
        if (hidden > 0) layers.Add(new("readout, hidden", [hidden, rates], model.HiddenWeights.Length + model.HiddenBias.Length, "ReLU"));
        layers.Add(new("readout, output", [model.Classes, hidden > 0 ? hidden : rates], model.OutputWeights.Length + model.OutputBias.Length, "softmax"));
        if (model.Network.Readout.Attends)
            layers.Add(new("readout, attention", [1, rates], model.AttentionWeights.Length, $"softmax over {model.Network.Readout.Windows} windows"));
        return layers;
    }

    private static LayerDescription[] Of(TrainedLayer layer, LayerShape shape, string which) => layer.Layer switch
    {
        ColumnLayer columns => Of(layer, columns, which),
        _ => [new($"{which}convolution", layer.Layer.WeightShape(shape), layer.InputWeights.Length + layer.Biases.Length, layer.Layer.Said(shape))],
    };

    private static LayerDescription[] Of(TrainedLayer layer, ColumnLayer made, string which)
    {
        int columns = made.Columns, neurons = made.NeuronsPerColumn, excitatory = made.ExcitatoryNeurons;
        string sight = made.ReceptiveField is { } field ? $", each sees {field.Height} x {field.Width} pixels" : "";
        string kind = made.Excitatory is LifNeuron ? "" : $", {made.Excitatory.GetType().Name}";
        return
        [
            new($"{which}columns", [columns, neurons, layer.Inputs], layer.InputWeights.Length + layer.Biases.Length,
                $"{columns} columns of {excitatory} excitatory and {neurons - excitatory} inhibitory neurons{kind}{sight}"),
            .. made.Recurrence is null ? [] : (LayerDescription[])[new($"{which}between neurons", [made.RecurrentPairs, neurons, neurons],
                layer.RecurrentWeights.Length, FormattableString.Invariant($"{made.RecurrentPairs} pairs of columns whose neurons hear each other"))],
            new($"{which}between columns", [columns, columns], layer.InterWeights.Length,
                FormattableString.Invariant($"{layer.Topology.Connections} connections, density {layer.Topology.Density:0.000}")),
        ];
    }
}
