using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking;

/// <summary>The tensors of a network in training, besides the columns' own weights: connections, input scale, readout, plasticity.</summary>
internal sealed class SpikingNetwork : IDisposable
{
    private const int HiddenSource = 1, OutputSource = 2, DropoutSource = 4;

    public SpikingNetwork(SpikingNetworkOptions options, int inputs, int classes, int seed, Device device)
    {
        using var scope = NewDisposeScope();
        (Options, Device, Inputs, Classes) = (options, device, inputs, classes);
        int columns = options.Columns;
        var random = CounterRandom.FromSeed(seed);

        InterWeights = Trained(tensor(InterColumnInitialiser.Draw(options, seed), [columns, columns], device: device));
        Topology = tensor(options.Wiring.Generate(columns, seed).ToAdjacency(), [columns, columns], device: device).DetachFromDisposeScope();
        InputScale = options.Code?.InitialInputScales(inputs) is { Length: > 0 } scales ? Trained(tensor(scales, device: device)) : null;

        int neurons = columns * options.NeuronsPerColumn, hidden = options.Readout.HiddenUnits;
        if (hidden > 0) (HiddenWeight, HiddenBias) = Layer(hidden, neurons, random.For(HiddenSource));
        (OutputWeight, OutputBias) = Layer(classes, options.Readout.OutputInputs(neurons), random.For(OutputSource));
        Plasticity = new PlasticityState(columns, (options.Homeostasis ?? new()).InitialRate, device);
        Dropout = new Generator(random.For(DropoutSource).Bits(0) >> 1, CPU);
    }

    public SpikingNetworkOptions Options { get; }

    public Device Device { get; }

    public int Inputs { get; }

    public int Classes { get; }

    /// <summary>Weights between columns, [post, pre].</summary>
    public Parameter InterWeights { get; }

    /// <summary>1 where columns are connected, [post, pre].</summary>
    public Tensor Topology { get; }

    /// <summary>Scale of each input within the code, [I]; null where the code has none.</summary>
    public Parameter? InputScale { get; }

    /// <summary>Weights of the readout's hidden layer, [hidden, neuron]; null where the readout is linear.</summary>
    public Parameter? HiddenWeight { get; }

    public Parameter? HiddenBias { get; }

    public Parameter OutputWeight { get; }

    public Parameter OutputBias { get; }

    public PlasticityState Plasticity { get; }

    /// <summary>The source of dropout masks.</summary>
    public Generator Dropout { get; }

    public IEnumerable<Parameter> Readout => HiddenWeight is null ? [OutputWeight, OutputBias] : [HiddenWeight, HiddenBias!, OutputWeight, OutputBias];

    public IEnumerable<Parameter> Parameters => InputScale is null ? [.. Readout, InterWeights] : [.. Readout, InterWeights, InputScale];

    /// <summary>All of it, for a checkpoint.</summary>
    public IEnumerable<StateArray> State =>
    [
        StateArray.Of("inter_columns.weight", InterWeights), StateArray.Of("inter_columns.topology", Topology),
        .. InputScale is { } scale ? [StateArray.Of("input_scale", scale)] : (StateArray[])[],
        .. HiddenWeight is { } weight ? [StateArray.Of("readout.hidden.weight", weight), StateArray.Of("readout.hidden.bias", HiddenBias!)] : (StateArray[])[],
        StateArray.Of("readout.output.weight", OutputWeight), StateArray.Of("readout.output.bias", OutputBias),
        .. Plasticity.State,
    ];

    /// <summary>How much each column hears of each other, [post, pre]. A copy: plasticity may change the topology before the gradient needs it.</summary>
    public Tensor InterColumnWeights() => InterWeights.sigmoid() * Topology.clone();

    /// <summary>The same as an array, [post, pre], out of autograd's sight.</summary>
    public float[] Heard()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return InterColumnWeights().cpu().data<float>().ToArray();
    }

    /// <summary>The logits, [batch, class], without dropout.</summary>
    /// <param name="spikeRates">[batch, column, neuron], scaled.</param>
    public Tensor Logits(Tensor spikeRates) => OutputOf(HiddenOf(spikeRates));

    /// <summary>The logits, [batch, class], with dropout.</summary>
    /// <param name="spikeRates">[batch, column, neuron], scaled.</param>
    public Tensor LogitsWithDropout(Tensor spikeRates)
    {
        Tensor hidden = HiddenOf(spikeRates);
        double dropout = Options.Readout.Dropout;
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
        foreach (Parameter parameter in Parameters) parameter.Dispose();
        Topology.Dispose();
        Plasticity.Dispose();
        Dropout.Dispose();
    }

    private Tensor HiddenOf(Tensor spikeRates)
        => HiddenWeight is null ? spikeRates.flatten(1) : nn.functional.linear(spikeRates.flatten(1), HiddenWeight, HiddenBias).relu();

    private Tensor OutputOf(Tensor hidden) => nn.functional.linear(hidden, OutputWeight, OutputBias);

    /// <summary>PyTorch's default for a linear layer: weights and biases uniform within ±1/√inputs.</summary>
    private (Parameter Weight, Parameter Bias) Layer(int outputs, int inputs, CounterRandom random)
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
