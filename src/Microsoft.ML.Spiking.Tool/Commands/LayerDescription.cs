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
        SpikingNetworkOptions options = model.Options;
        int columns = options.Columns, neurons = options.NeuronsPerColumn, rates = columns * neurons, hidden = options.Readout.HiddenUnits;
        int excitatory = (int)Math.Floor(neurons * options.ExcitatoryFraction);
        string sight = options.ReceptiveField is { } field ? $", each sees {field.Height} x {field.Width} pixels" : "";

        var layers = new List<LayerDescription>();
        if (model.InputScale.Length > 0) layers.Add(new("input scale", [model.InputScale.Length], model.InputScale.Length, "one factor an input"));
        layers.Add(new("columns", [columns, neurons, model.Input.Inputs], model.ColumnWeights.Length, $"{columns} columns of {excitatory} excitatory and {neurons - excitatory} inhibitory neurons{sight}"));
        layers.Add(new("between columns", [columns, columns], model.InterWeights.Length, FormattableString.Invariant($"{model.Topology.Connections} connections, density {model.Topology.Density:0.000}")));
        if (hidden > 0) layers.Add(new("readout, hidden", [hidden, rates], model.HiddenWeights.Length + model.HiddenBias.Length, "ReLU"));
        layers.Add(new("readout, output", [model.Classes, hidden > 0 ? hidden : rates], model.OutputWeights.Length + model.OutputBias.Length, "softmax"));
        return layers;
    }
}
