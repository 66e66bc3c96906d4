using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Checkpoints;

/// <summary>The state_dict of the published program: its tensors by their keys, and this library's arrays of them.</summary>
internal sealed class PublishedState
{
    /// <summary>The key that tells such a state_dict from others.</summary>
    public const string Mark = "columns.0.fc_exc.weight";

    // This library's names.
    private const string InputWeights = "layers.0.input.weight", InterWeights = "layers.0.inter_columns.weight", Connected = "layers.0.inter_columns.topology",
        AverageRate = "layers.0.average_rate", HiddenWeights = "readout.hidden.weight", HiddenBias = "readout.hidden.bias",
        OutputWeights = "readout.output.weight", OutputBias = "readout.output.bias";

    private readonly Dictionary<string, TorchTensor> _tensors;
    private readonly TorchArchive _archive;

    /// <param name="tensors">The tensors by their keys.</param>
    /// <param name="archive">The checkpoint.</param>
    /// <exception cref="InvalidDataException">A tensor is absent or of another shape, or one is there that the program does not have.</exception>
    public PublishedState(Dictionary<string, TorchTensor> tensors, TorchArchive archive)
    {
        (_tensors, _archive) = (tensors, archive);
        while (tensors.ContainsKey(Key(Columns, "fc_exc.weight"))) Columns++;
        (Excitatory, Inputs) = (Size(Mark, 0), Size(Mark, 1));
        Inhibitory = Size(Key(0, "fc_inh.weight"), 0);
        (Hidden, Classes) = (Size("readout.0.weight", 0), Size("readout.3.weight", 0));
        Dictionary<string, int[]> expected = Expected().ToDictionary(tensor => tensor.Key, tensor => tensor.Shape);
        foreach (var (key, shape) in expected)
            if (!Tensor(key).Shape.SequenceEqual(shape.Select(d => (long)d)) && !(shape.Length == 0 && Tensor(key).Count == 1))
                throw new InvalidDataException($"its '{key}' is {Tensor(key).Said}, but should have the shape [{string.Join(", ", shape)}].");
        if (tensors.Keys.FirstOrDefault(key => !expected.ContainsKey(key) && !IsPassedOver(key)) is { } other)
            throw new InvalidDataException($"it has a tensor '{other}', which the published network does not: it computes something else.");
        ExcitatoryMembrane = Constant("lif_exc.alpha");
        ExcitatorySynapse = Constant("lif_exc.beta");
        InhibitoryMembrane = Constant("lif_inh.alpha");
        InhibitorySynapse = Constant("lif_inh.beta");
        TargetRate = archive.Read(Tensor("target_rate"))[0] is >= 0 and <= 1 and var rate
            ? rate : throw new InvalidDataException("its 'target_rate' does not lie between 0 and 1.");
        // Beyond 2^24 a float32 skips numbers, and so long nobody trains.
        Batches = tensors.TryGetValue("training_step", out TorchTensor? step) && step.Count == 1 ? (int)Math.Clamp(archive.Read(step)[0], 0, 1 << 30) : 0;
    }

    public int Columns { get; }

    /// <summary>Excitatory neurons of a column.</summary>
    public int Excitatory { get; }

    /// <summary>Inhibitory neurons of a column.</summary>
    public int Inhibitory { get; }

    public int Neurons => Excitatory + Inhibitory;

    public int Inputs { get; }

    /// <summary>Units of the readout's hidden layer.</summary>
    public int Hidden { get; }

    public int Classes { get; }

    /// <summary>alpha of the excitatory neurons.</summary>
    public float ExcitatoryMembrane { get; }

    /// <summary>beta of the excitatory neurons.</summary>
    public float ExcitatorySynapse { get; }

    /// <summary>alpha of the inhibitory neurons.</summary>
    public float InhibitoryMembrane { get; }

    /// <summary>beta of the inhibitory neurons.</summary>
    public float InhibitorySynapse { get; }

    public float TargetRate { get; }

    /// <summary>Training steps done.</summary>
    public int Batches { get; }

    /// <summary>How a constant may have been rounded, by its type: a part of itself.</summary>
    public double Rounding => Tensor(Key(0, "lif_exc.alpha")).Storage.Type.Storage switch
    {
        "torch.BFloat16Storage" => 1.0 / 256,
        "torch.HalfStorage" => 1.0 / 2048,
        _ => 1e-6,
    };

    /// <summary>Names of this library's arrays that the program has too.</summary>
    public static IReadOnlySet<string> Names { get; } = new HashSet<string>(
        ["input_scale", InputWeights, InterWeights, Connected, AverageRate, HiddenWeights, HiddenBias, OutputWeights, OutputBias]);

    /// <summary>These arrays.</summary>
    public Dictionary<string, float[]> Arrays()
    {
        var input = new float[Columns * Neurons * Inputs];
        for (int c = 0; c < Columns; c++)
        {
            Read(Key(c, "fc_exc.weight")).CopyTo(input, c * Neurons * Inputs);
            Read(Key(c, "fc_inh.weight")).CopyTo(input, (c * Neurons + Excitatory) * Inputs);
        }
        return new()
        {
            ["input_scale"] = Read("input_scale"),
            [InputWeights] = input,
            [InterWeights] = Read("inter_weights"),
            [Connected] = Topology(),
            [AverageRate] = Read("spike_rate_avg"),
            [HiddenWeights] = Read("readout.0.weight"),
            [HiddenBias] = Read("readout.0.bias"),
            [OutputWeights] = Read("readout.3.weight"),
            [OutputBias] = Read("readout.3.bias"),
        };
    }

    /// <summary>The state_dict of a network that <see cref="PublishedForm"/> knows, as the program has it before its first batch of a new training.</summary>
    public static PickleDict Of(SpikingModel model)
    {
        var state = new PickleDict(ordered: true);
        TrainedLayer layer = model.Layers[0];
        var columns = (ColumnLayer)layer.Layer;
        int inputs = layer.Inputs, excitatory = columns.ExcitatoryNeurons, neurons = columns.NeuronsPerColumn, c2 = columns.Columns;
        var (own, other) = ((LifNeuron)columns.Excitatory, (LifNeuron)columns.Inhibitory);
        for (int c = 0; c < c2; c++)
        {
            ReadOnlySpan<float> weights = layer.InputWeights.AsSpan().Slice(c * neurons * inputs, neurons * inputs);
            state[Key(c, "fc_exc.weight")] = PickleTensor.Of([excitatory, inputs], weights[..(excitatory * inputs)]);
            state[Key(c, "fc_inh.weight")] = PickleTensor.Of([neurons - excitatory, inputs], weights[(excitatory * inputs)..]);
            state[Key(c, "lif_exc.alpha")] = PickleTensor.Of(own.MembraneDecay);
            state[Key(c, "lif_exc.beta")] = PickleTensor.Of(own.SynapseDecay);
            state[Key(c, "lif_inh.alpha")] = PickleTensor.Of(other.MembraneDecay);
            state[Key(c, "lif_inh.beta")] = PickleTensor.Of(other.SynapseDecay);
        }
        state["input_scale"] = PickleTensor.Of([inputs], model.InputScale.AsSpan());
        state["topology"] = PickleTensor.Of([c2, c2], layer.Topology.ToAdjacency());
        state["inter_weights"] = PickleTensor.Of([c2, c2], layer.InterWeights.AsSpan());
        state["pre_trace"] = PickleTensor.Of([c2], new float[c2]);
        state["post_trace"] = PickleTensor.Of([c2], new float[c2]);
        state["readout.0.weight"] = PickleTensor.Of([model.Network.Readout.HiddenUnits, c2 * neurons], model.HiddenWeights.AsSpan());
        state["readout.0.bias"] = PickleTensor.Of([model.Network.Readout.HiddenUnits], model.HiddenBias.AsSpan());
        state["readout.3.weight"] = PickleTensor.Of([model.Classes, model.Network.Readout.HiddenUnits], model.OutputWeights.AsSpan());
        state["readout.3.bias"] = PickleTensor.Of([model.Classes], model.OutputBias.AsSpan());
        state["spike_rate_avg"] = PickleTensor.Of([c2], layer.AverageRate.AsSpan());
        state["target_rate"] = PickleTensor.Of(layer.TargetRate);
        state["training_step"] = PickleTensor.Of((long)model.Training.Batches);
        return state;
    }

    // What training alone remembers.
    private static bool IsPassedOver(string key) => key is "pre_trace" or "post_trace" or "training_step" || key.StartsWith("stdp.", StringComparison.Ordinal);

    private static string Key(int column, string name) => $"columns.{column}.{name}";

    private IEnumerable<(string Key, int[] Shape)> Expected() =>
    [
        .. Enumerable.Range(0, Columns).SelectMany(c => ((string, int[])[])
        [
            (Key(c, "fc_exc.weight"), [Excitatory, Inputs]), (Key(c, "fc_inh.weight"), [Inhibitory, Inputs]),
            (Key(c, "lif_exc.alpha"), []), (Key(c, "lif_exc.beta"), []), (Key(c, "lif_inh.alpha"), []), (Key(c, "lif_inh.beta"), []),
        ]),
        ("input_scale", [Inputs]), ("topology", [Columns, Columns]), ("inter_weights", [Columns, Columns]),
        ("readout.0.weight", [Hidden, Columns * Neurons]), ("readout.0.bias", [Hidden]),
        ("readout.3.weight", [Classes, Hidden]), ("readout.3.bias", [Classes]),
        ("spike_rate_avg", [Columns]), ("target_rate", []),
    ];

    private TorchTensor Tensor(string key)
        => _tensors.TryGetValue(key, out TorchTensor? tensor) ? tensor : throw new InvalidDataException($"it has no '{key}'.");

    private int Size(string key, int dimension)
        => Tensor(key).Shape is [var rows, var columns] && (dimension == 0 ? rows : columns) is var size and > 0 and < 1 << 20
            ? (int)size : throw new InvalidDataException($"its '{key}' is {Tensor(key).Said}, but should be a matrix that has rows and columns.");

    private float[] Read(string key) => _archive.Read(Tensor(key));

    private float[] Topology()
    {
        float[] topology = Read("topology");
        return Array.TrueForAll(topology, connected => connected is 0 or 1)
            ? topology : throw new InvalidDataException("its 'topology' has other numbers than 0 and 1.");
    }

    /// <summary>A constant of the neurons, the same in all columns.</summary>
    private float Constant(string name)
    {
        float first = _archive.Read(Tensor(Key(0, name)))[0];
        for (int c = 1; c < Columns; c++)
            if (_archive.Read(Tensor(Key(c, name)))[0] is var other && other != first)
                throw new InvalidDataException(
                    $"its '{Key(c, name)}' is {Require.Said(other)} and its '{Key(0, name)}' {Require.Said(first)}, but the columns of a layer have "
                    + "neurons alike.");
        return first is > 0 and < 1 ? first : throw new InvalidDataException($"its '{Key(0, name)}' is {first}, but a neuron's must lie between 0 and 1.");
    }
}
