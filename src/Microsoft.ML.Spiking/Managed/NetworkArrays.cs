using System.Collections.Immutable;
using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Descent;
using Microsoft.ML.Spiking.Model;
using Microsoft.ML.Spiking.State;

namespace Microsoft.ML.Spiking.Managed;

/// <summary>A network in training, besides the weights of the layers' inputs: layers, input scale and readout.</summary>
internal sealed class NetworkArrays
{
    /// <param name="network">The network.</param>
    /// <param name="inputs">What the first layer reads.</param>
    /// <param name="classes">Classes.</param>
    /// <param name="seed">Of what the weights start as.</param>
    public NetworkArrays(SpikingNetwork network, LayerInput inputs, int classes, int seed)
    {
        (Network, Inputs, Classes, Seed) = (network, inputs.Count, classes, seed);
        Layers = [.. network.Layers.Select((layer, i) => new LayerArrays(layer, i, seed))];
        if (network.Code?.InitialInputScales(Inputs) is { Length: > 0 } scales)
            InputScale = new TrainedArray([Inputs], scales) { Learns = network.Layers[0].Learning is Surrogate };

        int neurons = network.ReadoutInputs(inputs), hidden = network.Readout.HiddenUnits;
        if (hidden > 0) (HiddenWeight, HiddenBias) = Linear(hidden, neurons, ReadoutInitialiser.Hidden(hidden, neurons, seed));
        int read = network.Readout.OutputInputs(neurons);
        (OutputWeight, OutputBias) = Linear(classes, read, ReadoutInitialiser.Output(classes, read, seed));
        if (network.Readout.Attends) AttentionWeight = new TrainedArray([1, neurons], new float[neurons]);
    }

    public SpikingNetwork Network { get; }

    public int Inputs { get; }

    public int Classes { get; }

    public int Seed { get; }

    /// <summary>The layers, from the input on.</summary>
    public ImmutableArray<LayerArrays> Layers { get; }

    /// <summary>Scale of each input within the code, [input]; null where the code has none. It learns where the first layer does.</summary>
    public TrainedArray? InputScale { get; }

    /// <summary>Weights of the readout's hidden layer, [hidden, neuron]; null where the readout is linear.</summary>
    public TrainedArray? HiddenWeight { get; }

    public TrainedArray? HiddenBias { get; }

    public TrainedArray OutputWeight { get; }

    public TrainedArray OutputBias { get; }

    /// <summary>Weights that score each of the readout's windows, [1, neuron], 0 at first; null where it does not attend to them.</summary>
    public TrainedArray? AttentionWeight { get; }

    /// <summary>All of it, for a checkpoint.</summary>
    public IEnumerable<StateArray> State =>
    [
        .. Layers.SelectMany(layer => layer.State),
        .. Named("input_scale", InputScale), .. Named("readout.hidden.weight", HiddenWeight), .. Named("readout.hidden.bias", HiddenBias),
        .. Named("readout.output.weight", OutputWeight), .. Named("readout.output.bias", OutputBias),
        .. Named("readout.attention.weight", AttentionWeight),
    ];

    /// <summary>An optimiser of all these arrays; an engine adds its own.</summary>
    /// <param name="rule">The optimiser's rule.</param>
    /// <param name="total">Batches in all, for the schedule.</param>
    public GradientDescent Descent(AdamW rule, long total)
    {
        var descent = new GradientDescent(rule, total);
        foreach (TrainedArray? array in (TrainedArray?[])[HiddenWeight, HiddenBias, OutputWeight, OutputBias, AttentionWeight])
            if (array is not null) descent.Add(1, array);
        foreach (LayerArrays layer in Layers)
        {
            if (layer.Layer.Nodes > 0) descent.Add(rule.InterWeightFactor, layer.InterWeights);
            if (layer.Recurrence?.Trained is { } between) descent.Add(rule.ColumnWeightFactor * rule.RecurrentWeightFactor, between);
        }
        if (InputScale is not null) descent.Add(rule.InputScaleFactor, InputScale);
        return descent;
    }

    private static IEnumerable<StateArray> Named(string name, TrainedArray? array)
        => array is null ? [] : [StateArray.Of(name, array.Weights, array.Shape)];

    private static (TrainedArray Weight, TrainedArray Bias) Linear(int outputs, int inputs, (float[] Weights, float[] Bias) drawn)
        => (new TrainedArray([outputs, inputs], drawn.Weights), new TrainedArray([outputs], drawn.Bias));
}
