using System.Collections.Immutable;
using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Descent;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Native;
using Microsoft.ML.Spiking.Plasticity;
using Microsoft.ML.Spiking.State;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Engines;

/// <summary>The tensors of a network in training, besides the weights of the layers' inputs: layers, input scale and readout.</summary>
internal sealed class NetworkTensors : IDisposable
{
    private const int HiddenSource = 1, OutputSource = 2, DropoutSource = 4;

    public NetworkTensors(SpikingNetwork network, int inputs, int classes, int seed, Device device)
    {
        using var scope = NewDisposeScope();
        (Network, Device, Inputs, Classes) = (network, device, inputs, classes);
        var random = CounterRandom.FromSeed(seed);

        Layers = [.. network.ColumnLayers.Select((layer, i) => new LayerTensors(layer, i, seed, device))];
        InputScale = network.Code?.InitialInputScales(inputs) is { Length: > 0 } scales ? Trained(tensor(scales, device: device)) : null;

        int neurons = network.ReadNeurons, hidden = network.Readout.HiddenUnits;
        if (hidden > 0) (HiddenWeight, HiddenBias) = Linear(hidden, neurons, random.For(HiddenSource));
        (OutputWeight, OutputBias) = Linear(classes, network.Readout.OutputInputs(neurons), random.For(OutputSource));
        Dropout = new Generator(random.For(DropoutSource).Bits(0) >> 1, CPU);
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

    /// <summary>The source of dropout masks.</summary>
    public Generator Dropout { get; }

    public IEnumerable<Parameter> Readout => HiddenWeight is null ? [OutputWeight, OutputBias] : [HiddenWeight, HiddenBias!, OutputWeight, OutputBias];

    public IEnumerable<Parameter> Parameters
        => [.. Readout, .. Layers.Select(layer => layer.InterWeights), .. InputScale is null ? [] : (Parameter[])[InputScale]];

    /// <summary>All of it, for a checkpoint.</summary>
    public IEnumerable<StateArray> State =>
    [
        .. Layers.SelectMany(layer => layer.State),
        .. InputScale is { } scale ? [StateArray.Of("input_scale", scale)] : (StateArray[])[],
        .. HiddenWeight is { } weight ? [StateArray.Of("readout.hidden.weight", weight), StateArray.Of("readout.hidden.bias", HiddenBias!)] : (StateArray[])[],
        StateArray.Of("readout.output.weight", OutputWeight), StateArray.Of("readout.output.bias", OutputBias),
    ];

    /// <summary>What the code needs; where the first layer does not learn, its input scale does not either.</summary>
    public CodeTensors ForCode() => new(Network.Layers[0].Learning is Surrogate ? InputScale : InputScale?.detach(), Network.TimeSteps, Inputs);

    /// <summary>An optimiser of all these tensors; an engine adds its own.</summary>
    /// <param name="rule">The optimiser's rule.</param>
    /// <param name="total">Batches in all, for the schedule.</param>
    public GradientDescent Descent(AdamW rule, long total)
    {
        var descent = new GradientDescent(rule, Device, total);
        foreach (Parameter parameter in Readout) descent.Add(1, parameter);
        foreach (LayerTensors layer in Layers) descent.Add(rule.InterWeightFactor, layer.InterWeights);
        if (InputScale is not null) descent.Add(rule.InputScaleFactor, InputScale);
        return descent;
    }

    /// <summary>The logits, [batch, class], without dropout.</summary>
    /// <param name="spikeRates">[batch, neuron] of all that is read, scaled.</param>
    public Tensor Logits(Tensor spikeRates) => OutputOf(HiddenOf(spikeRates));

    /// <summary>The logits, [batch, class], with dropout.</summary>
    /// <param name="spikeRates">[batch, neuron] of all that is read, scaled.</param>
    public Tensor LogitsWithDropout(Tensor spikeRates)
    {
        Tensor hidden = HiddenOf(spikeRates);
        double dropout = Network.Readout.Dropout;
        if (dropout > 0 && HiddenWeight is not null)
        {
            // From our own generator: the global one is the user's.
            Tensor kept = Dropout.Uniform(hidden.shape, Device).ge(dropout.Rooted());
            hidden = hidden * kept.to_type(float32).div((1 - dropout).Rooted());
        }
        return OutputOf(hidden);
    }

    public void Dispose()
    {
        foreach (Parameter parameter in Readout) parameter.Dispose();
        foreach (LayerTensors layer in Layers) layer.Dispose();
        InputScale?.Dispose();
        Dropout.Dispose();
    }

    private Tensor HiddenOf(Tensor spikeRates) => HiddenWeight is null ? spikeRates : nn.functional.linear(spikeRates, HiddenWeight, HiddenBias).relu();

    private Tensor OutputOf(Tensor hidden) => nn.functional.linear(hidden, OutputWeight, OutputBias);

    /// <summary>PyTorch's default for a linear layer: weights and biases uniform within ±1/√inputs.</summary>
    private (Parameter Weight, Parameter Bias) Linear(int outputs, int inputs, CounterRandom random)
    {
        double bound = 1 / Math.Sqrt(inputs);
        float[] Uniform(int count, ulong first)
        {
            var values = new float[count];
            for (int i = 0; i < count; i++) values[i] = (float)(bound * (2 * random.Uniform(first + (ulong)i) - 1));
            return values;
        }
        return (Trained(tensor(Uniform(outputs * inputs, 0), [outputs, inputs], device: Device)),
            Trained(tensor(Uniform(outputs, (ulong)outputs * (ulong)inputs), device: Device)));
    }

    private static Parameter Trained(Tensor values) => (Parameter)nn.Parameter(values).DetachFromDisposeScope();
}
