using System.Collections.Immutable;
using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Descent;
using Microsoft.ML.Spiking.Model;
using Microsoft.ML.Spiking.Native;
using Microsoft.ML.Spiking.Plasticity;
using Microsoft.ML.Spiking.State;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Torch;

/// <summary>The tensors of a network in training, besides the weights of the layers' inputs: layers, input scale and readout.</summary>
internal sealed class NetworkTensors : IDisposable
{
    private readonly CounterNoise _noise;
    private readonly DropoutMasks? _dropout;

    public NetworkTensors(SpikingNetwork network, LayerInput inputs, int classes, int seed, Device device)
    {
        using var scope = NewDisposeScope();
        (Network, Device, Inputs, Classes) = (network, device, inputs.Count, classes);
        _noise = new CounterNoise(device);
        if (network.Readout is { Dropout: > 0 and var dropout, HiddenUnits: > 0 }) _dropout = new DropoutMasks(dropout, seed, _noise);

        Layers = [.. network.Layers.Select((layer, i) => new LayerTensors(layer, i, seed, device))];
        InputScale = network.Code?.InitialInputScales(Inputs) is { Length: > 0 } scales ? Trained(tensor(scales, device: device)) : null;

        int neurons = network.ReadoutInputs(inputs), hidden = network.Readout.HiddenUnits;
        if (hidden > 0) (HiddenWeight, HiddenBias) = Linear(hidden, neurons, ReadoutInitialiser.Hidden(hidden, neurons, seed));
        int read = network.Readout.OutputInputs(neurons);
        (OutputWeight, OutputBias) = Linear(classes, read, ReadoutInitialiser.Output(classes, read, seed));
        if (network.Readout.Attends) AttentionWeight = Trained(new float[neurons].Aligned([1, neurons], device));
    }

    public SpikingNetwork Network { get; }

    public Device Device { get; }

    public int Inputs { get; }

    public int Classes { get; }

    /// <summary>The layers, from the input on.</summary>
    public ImmutableArray<LayerTensors> Layers { get; }

    /// <summary>Scale of each input within the code, [input]; null where the code has none.</summary>
    public Parameter? InputScale { get; }

    /// <summary>Weights of the readout's hidden layer, [hidden, neuron]; null where the readout is linear.</summary>
    public Parameter? HiddenWeight { get; }

    public Parameter? HiddenBias { get; }

    public Parameter OutputWeight { get; }

    public Parameter OutputBias { get; }

    /// <summary>Weights that score each of the readout's windows, [1, neuron], 0 at first; null where it does not attend to them.</summary>
    public Parameter? AttentionWeight { get; }

    public IEnumerable<Parameter> Readout
        => ((Parameter?[])[HiddenWeight, HiddenBias, OutputWeight, OutputBias, AttentionWeight]).OfType<Parameter>();

    public IEnumerable<Parameter> Parameters
        => [.. Readout, .. Layers.Select(layer => layer.InterWeights), .. InputScale is null ? [] : (Parameter[])[InputScale]];

    /// <summary>All of it, for a checkpoint.</summary>
    public IEnumerable<StateArray> State =>
    [
        .. Layers.SelectMany(layer => layer.State),
        .. InputScale is { } scale ? [scale.As("input_scale")] : (StateArray[])[],
        .. HiddenWeight is { } weight ? [weight.As("readout.hidden.weight"), HiddenBias!.As("readout.hidden.bias")] : (StateArray[])[],
        OutputWeight.As("readout.output.weight"), OutputBias.As("readout.output.bias"),
        .. AttentionWeight is { } attention ? [attention.As("readout.attention.weight")] : (StateArray[])[],
    ];

    /// <summary>What the code needs; where the first layer does not learn, its input scale does not either.</summary>
    public CodeTensors ForCode() => new(Network.Layers[0].Learning is Surrogate ? InputScale : InputScale?.detach(), Network.TimeSteps, Inputs);

    /// <summary>An optimiser of all these tensors; an engine adds its own.</summary>
    /// <param name="rule">The optimiser's rule.</param>
    /// <param name="total">Batches in all, for the schedule.</param>
    public TensorDescent Descent(AdamW rule, long total)
    {
        var descent = new TensorDescent(rule, Device, total);
        foreach (Parameter parameter in Readout) descent.Add(1, parameter);
        foreach (LayerTensors layer in Layers)
        {
            if (layer.Layer.Nodes > 0) descent.Add(rule.InterWeightFactor, layer.InterWeights);
            if (layer is { Recurrence.Weights: var between, Layer.Learning: Surrogate })
                descent.Add(rule.ColumnWeightFactor * rule.RecurrentWeightFactor, between);
        }
        if (InputScale is not null) descent.Add(rule.InputScaleFactor, InputScale);
        return descent;
    }

    /// <summary>The logits, [batch, class].</summary>
    /// <param name="spikeRates">[batch, neuron] of all that is read, scaled; [batch, window, neuron] of a readout that reads on.</param>
    /// <param name="step">The step of training, which decides what dropout leaves out; null for none, as in evaluation.</param>
    public Tensor Logits(Tensor spikeRates, int? step = null)
    {
        Tensor scores = Scores(spikeRates, step);
        if (Network.Readout.Readings == 1) return scores;
        return AttentionWeight is null ? scores.max(1).values
            : nn.functional.linear(spikeRates, AttentionWeight).softmax(1).mul(scores).sum(1);
    }

    public void Dispose()
    {
        foreach (Parameter parameter in Readout) parameter.Dispose();
        foreach (LayerTensors layer in Layers) layer.Dispose();
        InputScale?.Dispose();
        _dropout?.Dispose();
        _noise.Dispose();
    }

    /// <summary>What the weights make of what they read, [.., neuron] to [.., class].</summary>
    private Tensor Scores(Tensor spikeRates, int? step)
    {
        if (HiddenWeight is null) return nn.functional.linear(spikeRates, OutputWeight, OutputBias);
        Tensor hidden = nn.functional.linear(spikeRates, HiddenWeight, HiddenBias).relu();
        if (_dropout is not null && step is { } now)
            hidden = hidden * _dropout.Of(now, hidden.numel() / hidden.shape[^1], hidden.shape[^1]).view(hidden.shape);
        return nn.functional.linear(hidden, OutputWeight, OutputBias);
    }

    private (Parameter Weight, Parameter Bias) Linear(int outputs, int inputs, (float[] Weights, float[] Bias) drawn)
        => (Trained(drawn.Weights.Aligned([outputs, inputs], Device)), Trained(drawn.Bias.Aligned([outputs], Device)));

    private static Parameter Trained(Tensor values) => (Parameter)nn.Parameter(values).DetachFromDisposeScope();
}
