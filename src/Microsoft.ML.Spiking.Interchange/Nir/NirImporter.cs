using System.Collections.Immutable;
using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Nir;

/// <summary>Makes a network of a NIR graph that computes what our neurons compute.</summary>
internal sealed class NirImporter
{
    private readonly NirGraph _graph;
    private readonly NirNetworkOptions _options;
    private readonly NirPlan _plan;
    private readonly NirPartLayer[] _layers;

    public NirImporter(NirGraph graph, NirNetworkOptions options)
    {
        if (!(options.TimeStep > 0) || !double.IsFinite(options.TimeStep))
            throw Trouble.Options.Argument(FormattableString.Invariant($"TimeStep is {options.TimeStep} s, but it must be greater than 0."), nameof(options));
        (_graph, _options, _plan) = (graph, options, NirPlan.OfGiven(graph));
        _layers = FindLayers();
    }

    public SpikingModel Run()
    {
        TrainedLayer[] layers = [.. _layers.Select((layer, i) => Layer(layer, i == 0 ? null : _layers[i - 1]))];
        var (isReadout, branches) = FindEnds();
        ReadLayers read = Read(branches);
        int classes = isReadout ? _plan.Outputs[0].Width : 0;
        var (weights, bias) = isReadout ? Readout(branches, classes, read) : ([], []);
        InputShape input = Input();
        var network = new SpikingNetwork
        {
            Code = _options.Code,
            Scaling = FeatureScaling.None,
            EvaluationCode = _options.EvaluationCode,
            TimeSteps = _options.TimeSteps,
            Layers = [.. layers.Select(layer => layer.Layer)],
            Readout = new Readout { HiddenUnits = 0, Dropout = 0, Layers = read },
        };
        network.Check();
        return new SpikingModel
        {
            Network = network,
            Input = input,
            Classes = classes,
            Standardisation = _options.Standardisation ?? Standardisation.None,
            InputScale = [],
            Layers = [.. layers],
            HiddenWeights = [],
            HiddenBias = [],
            OutputWeights = weights,
            OutputBias = bias,
            Training = TrainingRecord.None,
            Provenance = TrainingProvenance.None,
            Names = ColumnNames.Default with { Features = _options.FeatureColumnName },
        };
    }

    private InputShape Input()
    {
        int inputs = _plan.Input.Width;
        if (_options.Code.InitialInputScale is not null)
            throw Trouble.Options.Argument($"Code is {_options.Code.GetType().Name}, whose scale of the inputs is learnt; name one without, such as RateCode.");
        InputShape column = _options.IsSpikeTrain ? InputShape.SpikeTrain(_options.TimeSteps, inputs)
            : InputShape.Intensities(_options.Dimensions.IsDefaultOrEmpty ? [inputs] : _options.Dimensions.AsSpan());
        InputShape? input = _options.IsSpikeTrain ? column : _options.Code.Shape(column);
        return input?.Inputs == inputs ? input : throw Trouble.Options.Argument(
            $"Dimensions is [{string.Join(", ", column.Dimensions)}], which {_options.Code.GetType().Name} makes {input?.Inputs ?? 0} inputs of, but "
            + $"{_plan.Input.Path} reads {inputs}; give the dimensions of the column that the graph was made for.");
    }

    private NirPartLayer[] FindLayers()
    {
        var depths = new Dictionary<NirPlanNode, int>();
        var layers = new List<List<NirPlanNode>>();
        foreach (NirPlanNode node in _plan.Nodes)
        {
            if (node.Node is NirLif or NirIf or NirLi)
                throw Refused(node, $"has neurons that are none of ours, {node.Node.Kind}; only CubaLIF is");
            int depth = node.Sources.Count == 0 ? 0 : node.Sources.Max(source => depths[source]);
            if (node.Node is NirCubaLif)
            {
                if (depth == layers.Count) layers.Add([]);
                layers[depth++].Add(node);
            }
            depths.Add(node, depth);
        }
        if (layers.Count == 0) throw Trouble.Foreign.NotSupported("The graph has no CubaLIF node: there are no neurons that a layer could be made of.");
        return [.. layers.Select(nodes => Parts([.. nodes.OrderBy(node => node.Name, StringComparer.Ordinal)]))];
    }

    private NirPartLayer Parts(NirPlanNode[] nodes)
    {
        if (nodes.Length > 2)
            throw Refused(nodes[2], $"is the third population beside {nodes[0].Path} and {nodes[1].Path}, but a layer has an excitatory and an inhibitory one");
        // How many columns there are changes where the neurons stand, and what their rates are told of; not what they do.
        int columns = nodes.Select(ColumnsOf).Distinct().ToArray() is [var all] ? all : 1;
        if (nodes.Any(node => node.Width % columns != 0)) columns = 1;
        int excitatory = nodes[0].Width / columns;
        return new NirPartLayer(
            [.. nodes.Select((node, i) => new NirPart(node, (NirCubaLif)node.Node, i == 0 ? 0 : excitatory, node.Width / columns, i == 0 ? 1 : -1))], columns);
    }

    private int ColumnsOf(NirPlanNode node)
        => _graph.Metadata.GetValueOrDefault(NirNames.Creator) is string creator && creator.StartsWith(NirNames.CreatorIs, StringComparison.Ordinal)
            && node.Node.Metadata.GetValueOrDefault(NirNames.Columns) is long columns and > 0 and <= int.MaxValue ? (int)columns : 1;

    private TrainedLayer Layer(NirPartLayer layer, NirPartLayer? before)
    {
        int inputs = before?.Neurons ?? _plan.Input.Width;
        if ((long)layer.Neurons * inputs > Array.MaxLength)
            throw Refused(layer.Parts[0].Node, $"is of a layer of {layer.Neurons} neurons with {inputs} inputs each, which is more than an array holds");
        var weights = new float[layer.Neurons * inputs];
        var biases = new float[layer.Neurons];
        foreach (NirPart part in layer.Parts)
        {
            var seen = new HashSet<NirPlanNode>();
            foreach (NirPlanNode synapses in Sources(part.Node))
            {
                NirPlanNode source = Source(synapses);
                NirPart? read = before?.Of(source);
                if (before is null ? source != _plan.Input : read is null)
                    throw Refused(synapses, $"reads {source.Path}, but a layer reads the one before it alone");
                if (!seen.Add(source)) throw Refused(synapses, $"reads {source.Path} beside other weights of {part.Node.Path} that do");
                NirTensor weight = Weight(synapses);
                for (int neuron = 0; neuron < part.Node.Width; neuron++)
                {
                    int row = part.Place(neuron, layer.NeuronsPerColumn) * inputs;
                    for (int i = 0; i < source.Width; i++)
                        weights[row + (read?.Place(i, before!.NeuronsPerColumn) ?? i)] = (float)weight.Values[neuron * source.Width + i];
                }
                AddBias(synapses, part, layer, biases);
            }
        }

        bool hasBiases = biases.AsSpan().ContainsAnyExcept(0);
        int columns = layer.Columns, own = layer.NeuronsPerColumn, excitatory = layer.Parts[0].PerColumn;
        LifNeuron[] neurons = [.. layer.Parts.Select(Neuron)];
        return new TrainedLayer
        {
            Layer = new ColumnLayer
            {
                Columns = columns,
                NeuronsPerColumn = own,
                ExcitatoryFraction = excitatory == own ? 1 : (excitatory + 0.5) / own,
                Excitatory = neurons[0],
                Inhibitory = neurons[^1],
                Normalisation = hasBiases ? new CurrentNormalisation() : null,
                Modulation = 0,
                Plasticity = null,
                Homeostasis = null,
                StructuralPlasticity = null,
            },
            InputWeights = [.. weights],
            Biases = hasBiases ? [.. biases] : [],
            InterWeights = [.. new float[columns * columns]],
            Topology = Graph.FromAdjacency(columns, new float[columns * columns]),
            ConnectionUsage = [.. new float[columns * columns]],
            AverageRate = [.. new float[columns]],
            SilentShare = [.. new float[columns]],
            SaturatedShare = [.. new float[columns]],
            TargetRate = 0,
        };
    }

    private static void AddBias(NirPlanNode synapses, NirPart part, NirPartLayer layer, float[] biases)
    {
        if (synapses.Node is not NirAffine { Bias: var bias }) return;
        for (int neuron = 0; neuron < part.Node.Width; neuron++)
        {
            ref float at = ref biases[part.Place(neuron, layer.NeuronsPerColumn)];
            if (at != 0 && bias.Values[neuron] != 0) throw Refused(synapses, $"adds a bias to neurons of {part.Node.Path} that have one already");
            if (bias.Values[neuron] != 0) at = (float)bias.Values[neuron];
        }
    }

    private LifNeuron Neuron(NirPart part)
    {
        NirPlanNode node = part.Node;
        NirCubaLif cells = part.Cells;
        foreach (var (name, values) in cells.Parameters)
            if (values.Values.Any(value => value != values.Values[0]))
                throw Refused(node, $"has neurons of different {name}, but those of a population are alike here");
        double One(NirTensor tensor) => tensor.Values[0];
        double synapse = Share(One(cells.TauSyn)), membrane = Share(One(cells.TauMem)), threshold = One(cells.VThreshold), reset = One(cells.VReset);
        if (One(cells.VLeak) != 0) throw Refused(node, FormattableString.Invariant($"has a v_leak of {One(cells.VLeak)}, but neurons leak to 0 here"));
        Gain("w_in", (float)(One(cells.WIn) * synapse));
        Gain("r", (float)(One(cells.R) * membrane));
        // Theirs is above, ours is from it on.
        float from = MathF.BitIncrement(NirCells.NotAbove(threshold));
        if (!float.IsFinite(from) || (float)reset >= from)
            throw Refused(node, FormattableString.Invariant($"has a v_threshold of {threshold} and a v_reset of {reset}, but a neuron resets below it here"));
        return new LifNeuron { SynapseTimeConstant = Steps(synapse), MembraneTimeConstant = Steps(membrane), Threshold = from, Reset = (float)reset };

        double Share(double time) => time >= _options.TimeStep ? _options.TimeStep / time : throw Refused(node, FormattableString.Invariant(
            $"has a time constant of {time} s, which is shorter than the TimeStep of {_options.TimeStep} s; give the one of the graph's maker"));

        void Gain(string name, float gain)
        {
            string step = FormattableString.Invariant($"at a TimeStep of {_options.TimeStep} s");
            if (gain != 1)
                throw Refused(node, FormattableString.Invariant($"has a {name} that multiplies by {gain} where ours by 1, {step}; ")
                    + "give the one of the graph's maker, or fold the factor into the weights");
        }

        double Steps(double share)
        {
            float decay = (float)(1 - share);
            double steps = -1 / Math.Log(decay);
            return (float)Math.Exp(-1 / steps) == decay && decay is > 0 and < 1 ? steps
                : throw Refused(node, FormattableString.Invariant($"keeps {decay} of itself in a time step, but ours something between 0 and 1"));
        }
    }

    /// <summary>What leads to the Outputs: neurons, or synapses of a readout.</summary>
    private (bool IsReadout, (NirPlanNode End, NirPlanNode Neurons)[] Branches) FindEnds()
    {
        NirPlanNode[] ends = [.. _plan.Outputs.SelectMany(Sources)];
        if (ends.All(end => end.Node is NirCubaLif)) return (false, [.. ends.Select(end => (end, end))]);
        if (_plan.Outputs.Length > 1) throw Refused(_plan.Outputs[1], "is a second Output beside one that is a readout");
        if (ends is [{ Node: NirLinear { Weight: var weight } } join] && join.Sources.Count > 1 && IsIdentity(weight))
        {
            ends = [.. Sources(join)];
            if (ends.All(end => end.Node is NirLinear { Weight: var order } && IsOrder(order))) return (false, [.. ends.Select(end => (end, Source(end)))]);
        }
        return (true, [.. ends.Select(end => (end, Source(end)))]);
    }

    private ReadLayers Read((NirPlanNode End, NirPlanNode Neurons)[] branches)
    {
        foreach (var (end, neurons) in branches)
            if (neurons.Node is not NirCubaLif) throw Refused(end, $"reads {neurons.Path} for an Output, but a readout reads neurons");
        int[] read = [.. Enumerable.Range(0, _layers.Length).Where(i => branches.Any(branch => _layers[i].Of(branch.Neurons) is not null))];
        return read.Length == _layers.Length && read.Length > 1 ? ReadLayers.All
            : read is [var only] && only == _layers.Length - 1 ? ReadLayers.Last
            : throw Refused(branches[0].End, "is of a readout of some layers, but a readout reads the last one or all");
    }

    private (ImmutableArray<float> Weights, ImmutableArray<float> Bias) Readout((NirPlanNode End, NirPlanNode Neurons)[] branches, int classes, ReadLayers read)
    {
        NirPartLayer[] layers = read == ReadLayers.All ? _layers : [_layers[^1]];
        int rates = layers.Sum(layer => layer.Neurons);
        var weights = new float[classes * rates];
        var bias = new float[classes];
        var seen = new HashSet<NirPlanNode>();
        int offset = 0;
        foreach (NirPartLayer layer in layers)
        {
            foreach (var (end, neurons) in branches)
            {
                if (layer.Of(neurons) is not { } part) continue;
                if (!seen.Add(neurons)) throw Refused(end, $"reads {neurons.Path} beside another that does");
                NirTensor weight = Weight(end);
                for (int k = 0; k < classes; k++)
                    for (int i = 0; i < neurons.Width; i++)
                        weights[k * rates + offset + part.Place(i, layer.NeuronsPerColumn)] = part.Sign * (float)weight.Values[k * neurons.Width + i];
            }
            offset += layer.Neurons;
        }
        NirPlanNode[] biased = [.. branches.Select(branch => branch.End).Where(end => end.Node is NirAffine)];
        if (biased.Length > 1) throw Refused(biased[1], $"adds a bias to the scores beside {biased[0].Path}");
        if (biased is [var one]) bias = [.. ((NirAffine)one.Node).Bias.Values.Select(value => (float)value)];
        return ([.. weights], [.. bias]);
    }

    /// <summary>What a node reads, through the ends of nested graphs.</summary>
    private IEnumerable<NirPlanNode> Sources(NirPlanNode node)
        => node.Sources.SelectMany(source => source != _plan.Input && source.Node is NirInput or NirOutput ? Sources(source) : [source]);

    /// <summary>The one node that synapses read.</summary>
    private NirPlanNode Source(NirPlanNode synapses)
    {
        if (synapses.Node is not (NirLinear or NirAffine)) throw Refused(synapses, "leads where synapses do, a Linear or an Affine node");
        return Sources(synapses).ToArray() is [var source] ? source : throw Refused(synapses, "reads the sum of several nodes");
    }

    private static NirTensor Weight(NirPlanNode synapses) => synapses.Node is NirAffine affine ? affine.Weight : ((NirLinear)synapses.Node).Weight;

    private static bool IsIdentity(NirTensor weight)
        => weight.Shape is [var rows, var columns] && rows == columns
            && weight.Values.Select((value, i) => value == (i / columns == i % columns ? 1 : 0)).All(same => same);

    /// <summary>Whether a weight gives each number that it reads on, once, and changes nothing but their order.</summary>
    private static bool IsOrder(NirTensor weight)
    {
        if (weight.Shape is not [_, var columns] || weight.Values.Any(value => value is not (0 or 1))) return false;
        var given = new int[columns];
        for (int i = 0; i < weight.Values.Length; i++) given[i % columns] += (int)weight.Values[i];
        return given.All(times => times == 1);
    }

    private static NotSupportedException Refused(NirPlanNode node, string how)
        => Trouble.Foreign.NotSupported($"{node.Says($"{how}.").Message} A NirSimulation runs the graph as it is.");
}
