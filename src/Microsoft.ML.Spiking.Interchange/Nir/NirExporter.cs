using System.Collections.Immutable;
using System.Globalization;
using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Nir;

/// <summary>Makes a NIR graph of a network.</summary>
/// <param name="model">The network.</param>
/// <param name="timeStep">dt in seconds.</param>
internal sealed class NirExporter(SpikingModel model, double timeStep)
{
    // Joining them takes the square of so many weights.
    private const int MostJoined = 2048;

    private readonly List<(string Name, NirNode Node)> _nodes = [];
    private readonly List<(int From, int To)> _edges = [];
    private readonly List<string> _leftOut = [], _warnings = [];

    public NirExport Run(ImmutableArray<string> classNames)
    {
        if (!(timeStep > 0) || !double.IsFinite(timeStep))
            throw Trouble.Options.Argument(FormattableString.Invariant($"The time step is {timeStep} s, but it must be greater than 0."), nameof(timeStep));
        SpikingNetwork network = model.Network;
        if (!classNames.IsDefaultOrEmpty && (classNames.Length != model.Classes || classNames.Any(name => name is null)))
        {
            throw Trouble.Options.Argument(
                $"There are {classNames.Count(name => name is not null)} names of classes, but the network has {model.Classes} classes; name each, or none.",
                nameof(classNames));
        }
        // Spike trains are read as they are, one time step after the other.
        if (!model.Input.IsSpikeTrain)
        {
            _leftOut.Add(
                $"Code: {network.ChosenCode.GetType().Name} and the scale of the features; the graph reads what the first layer is shown in each time step.");
        }
        LayerShape[] shapes = network.ShapesOf(model.Input);
        NirPopulation[] before = [new NirPopulation(Add("input", new NirInput([model.Input.Inputs])), [.. Enumerable.Range(0, model.Input.Inputs)], Sign: 1)];
        var read = new List<(NirPopulation Population, int Layer)>();
        for (int i = 0; i < model.Layers.Length; i++)
        {
            before = Layer(i, before, shapes[i]);
            if (network.IsRead(i)) read.AddRange(before.Select(population => (population, i)));
        }

        string? obstacle = Obstacle();
        if (obstacle is null) Readout(read, shapes);
        else Spikes(read, shapes, obstacle);
        return new NirExport(Graph(classNames), [.. _leftOut], [.. _warnings]);
    }

    /// <summary>Adds a layer.</summary>
    /// <param name="number">Which, from 0.</param>
    /// <param name="before">What it reads.</param>
    /// <param name="shape">What it is.</param>
    /// <returns>Its excitatory and its inhibitory neurons, of those that it has.</returns>
    private NirPopulation[] Layer(int number, NirPopulation[] before, LayerShape shape)
    {
        TrainedLayer trained = model.Layers[number];
        ColumnLayer layer = Checked(trained.Layer, number);
        var populations = new List<NirPopulation>();
        foreach (var (name, type, isExcitatory) in ((string, Neuron, bool)[])[("exc", layer.Excitatory, true), ("inh", layer.Inhibitory, false)])
        {
            int[] neurons = [.. Enumerable.Range(0, shape.Neurons).Where(n => n % layer.NeuronsPerColumn < layer.ExcitatoryNeurons == isExcitatory)];
            if (neurons.Length == 0) continue;
            string of = $"layer{number}_{name}";
            int[] synapses = [.. before.Select((source, i) => Synapses(source, neurons, trained, shape.Synapses, isFirst: i == 0, $"{of}_weights"))];
            int cells = Add(of, Cells((LifNeuron)type, neurons.Length, layer, number));
            for (int i = 0; i < synapses.Length; i++) Join(before[i].Node, synapses[i], cells);
            populations.Add(new NirPopulation(cells, neurons, isExcitatory ? 1 : -1));
        }
        return [.. populations];
    }

    private int Synapses(NirPopulation source, int[] neurons, TrainedLayer trained, int inputs, bool isFirst, string name)
    {
        double[] weights = [.. neurons.SelectMany(neuron => source.Neurons.Select(input => (double)trained.InputWeights[neuron * inputs + input]))];
        var matrix = new NirTensor([.. weights], [neurons.Length, source.Neurons.Length]);
        return Add(name, isFirst && !trained.Biases.IsEmpty
            ? new NirAffine(matrix, NirTensor.Vector([.. neurons.Select(neuron => (double)trained.Biases[neuron])]))
            : new NirLinear(matrix));
    }

    private NirCubaLif Cells(LifNeuron neuron, int count, ColumnLayer layer, int number)
    {
        string name = $"Layer {number}";
        // The decays that are applied, in float32; from these time constants they come back to the bit.
        double membrane = 1 - (double)neuron.MembraneDecay, synapse = 1 - (double)neuron.SynapseDecay;
        if (membrane == 0 || synapse == 0)
            throw Trouble.Onnx.NotSupported($"{name} has time constants so long that nothing leaks in a time step, which NIR cannot say; shorten them.");
        if (neuron.Reset != 0)
        {
            _warnings.Add(string.Create(CultureInfo.InvariantCulture,
                $"{name} resets to {neuron.Reset}; it is in the file, but snnTorch and Norse reset to 0 all the same."));
        }
        float below = MathF.BitDecrement(neuron.Threshold);   // they fire above it, ours from it on
        return new NirCubaLif(
            TauSyn: NirTensor.Repeat(timeStep / synapse, count), TauMem: NirTensor.Repeat(timeStep / membrane, count), R: NirTensor.Repeat(1 / membrane, count),
            VLeak: NirTensor.Repeat(0, count), VThreshold: NirTensor.Repeat(below, count), VReset: NirTensor.Repeat(neuron.Reset, count),
            WIn: NirTensor.Repeat(1 / synapse, count))
        {
            Metadata = Metadata(
                (NirNames.Layer, (long)number), (NirNames.Columns, (long)layer.Columns), (NirNames.TimeStep, timeStep),
                (NirNames.Discretisation, NirNames.Equations),
                ("tau_mem_steps", neuron.MembraneTimeConstant), ("tau_syn_steps", neuron.SynapseTimeConstant), ("threshold", (double)neuron.Threshold)),
        };
    }

    private static ColumnLayer Checked(Layer layer, int number)
    {
        string? fault = layer switch
        {
            ConvolutionLayer => "is a ConvolutionLayer, whose pools of spikes NIR cannot say",
            ColumnLayer { Excitatory: not LifNeuron and var neuron } => $"has neurons of type {neuron.GetType().Name}, which NIR does not have",
            { HasDelays: true } => "has Delays, which the programs that read NIR take for other times",
            ColumnLayer { Coupling: not 0 } => "has Coupling, by which columns drive each other in a circle",
            ColumnLayer { Recurrence: not null } => "has Recurrence, and circles are read differently by every program",
            ColumnLayer => null,
            _ => $"is a {layer.GetType().Name}, which NIR cannot say",
        };
        return fault is null ? (ColumnLayer)layer
            : throw Trouble.Onnx.NotSupported($"Layer {number} {fault}; export a network of ColumnLayers of LifNeurons without them, or to ONNX.");
    }

    /// <summary>Why the readout is not in the graph; null where it can be.</summary>
    private string? Obstacle() => model.Network.Readout switch
    {
        _ when model.Classes == 0 => "there is none",
        { HiddenUnits: > 0 and var units } => $"its {units} hidden units are a ReLU, which NIR does not have",
        { Pooling: not WindowPooling.Concatenate and var pooling } => $"its Pooling is {pooling}, which NIR does not have",
        { Windows: > 1 } => "it reads windows of time",
        { TimeConstant: not null } => "it forgets",
        { } when model.Input is { Steps: not null, IsSpikeTrain: false } => "sequences end early, and it divides by their own lengths",
        _ when Modulating() is { } layer => $"Modulation of layer {layer} multiplies spikes by one another, which NIR cannot say",
        _ => null,
    };

    private int? Modulating()
    {
        for (int i = 0; i < model.Layers.Length; i++)
            if (model.Network.IsRead(i) && model.Layers[i] is { Layer: ColumnLayer { Modulation: not 0 }, Topology.Connections: > 0 }) return i;
        return null;
    }

    /// <summary>Adds the readout: the mean over time of a linear layer of spikes is the linear layer of their rates.</summary>
    private void Readout(List<(NirPopulation Population, int Layer)> read, LayerShape[] shapes)
    {
        int[] offsets = Offsets(shapes);
        int classes = model.Classes, rates = offsets[^1];
        var branches = new List<int>();
        foreach (var (population, layer) in read)
        {
            float[] scale = model.Layers[layer].RateScale();
            double[] weights = [.. Enumerable.Range(0, classes).SelectMany(k => population.Neurons.Select(neuron => population.Sign
                * (double)model.OutputWeights[k * rates + offsets[layer] + neuron] * scale[neuron / shapes[layer].PerGroup]))];
            var matrix = new NirTensor([.. weights], [classes, population.Neurons.Length]);
            int branch = Add("readout", branches.Count == 0
                ? new NirAffine(matrix, NirTensor.Vector([.. model.OutputBias.Select(bias => (double)bias)])) : new NirLinear(matrix));
            Join(population.Node, branch);
            branches.Add(branch);
        }
        // Some programs take but one edge into an Output.
        int end = branches.Count == 1 ? branches[0] : Add("scores", new NirLinear(Identity(classes)));
        if (branches.Count > 1) foreach (int branch in branches) Join(branch, end);
        Join(end, Add("output", new NirOutput([classes])));
        if (model.Temperature != 1) _leftOut.Add("Temperature: it divides the scores before softmax.");
    }

    /// <summary>Ends the graph in the spikes that the readout reads, 1 each, in the order of the neurons.</summary>
    private void Spikes(List<(NirPopulation Population, int Layer)> read, LayerShape[] shapes, string obstacle)
    {
        if (model.Classes > 0) _leftOut.Add($"Readout: {obstacle}. The graph ends in the spikes that it reads.");
        int[] offsets = Offsets(shapes);
        int neurons = offsets[^1];
        if (read.Count > 1 && neurons <= MostJoined)
        {
            int[] parts = [.. read.Select(part => Part(part.Population, offsets[part.Layer], neurons))];
            int end = Add("spikes", new NirLinear(Identity(neurons)));
            foreach (int part in parts) Join(part, end);
            Join(end, Add("output", new NirOutput([neurons])));
            return;
        }
        foreach (var (population, layer) in read)
            Join(population.Node, Add($"layer{layer}_{(population.Sign > 0 ? "exc" : "inh")}_output", new NirOutput([population.Neurons.Length])));
        if (read.Count > 1) _warnings.Add($"The graph has {read.Count} Outputs, one for each population; snnTorch and Norse read graphs of one.");
    }

    /// <summary>Puts the spikes of a population where its neurons stand among all.</summary>
    private int Part(NirPopulation population, int offset, int neurons)
    {
        double[] places = new double[neurons * population.Neurons.Length];
        for (int i = 0; i < population.Neurons.Length; i++) places[(offset + population.Neurons[i]) * population.Neurons.Length + i] = 1;
        int part = Add("order", new NirLinear(new NirTensor([.. places], [neurons, population.Neurons.Length])));
        Join(population.Node, part);
        return part;
    }

    /// <summary>Where the neurons of each layer begin among those that the readout reads, and how many they are.</summary>
    private int[] Offsets(LayerShape[] shapes)
    {
        int[] offsets = new int[shapes.Length + 1];
        for (int i = 0; i < shapes.Length; i++) offsets[i + 1] = offsets[i] + (model.Network.IsRead(i) ? shapes[i].Neurons : 0);
        return offsets;
    }

    private NirGraph Graph(ImmutableArray<string> classNames)
    {
        // Some programs compute in the alphabetical order of the names.
        string digits = new('0', Math.Max(2, _nodes.Count.ToString(CultureInfo.InvariantCulture).Length));
        string[] names = [.. _nodes.Select((node, i) => $"n{i.ToString(digits, CultureInfo.InvariantCulture)}_{node.Name}")];
        string version = TrainingProvenance.VersionOf(typeof(SpikingModel)).Split('+')[0];
        var metadata = Metadata(
            (NirNames.Creator, $"{NirNames.CreatorIs} {version}"), (NirNames.TimeStep, timeStep), (NirNames.TimeSteps, (long)model.Steps));
        if (model.Temperature != 1) metadata = metadata.Add(NirNames.Temperature, (double)model.Temperature);
        if (!classNames.IsDefaultOrEmpty) metadata = metadata.Add(NirNames.Classes, classNames);
        return new NirGraph
        {
            Nodes = names.Zip(_nodes, (name, node) => KeyValuePair.Create(name, node.Node)).ToImmutableSortedDictionary(StringComparer.Ordinal),
            Edges = [.. _edges.Select(edge => new NirEdge(names[edge.From], names[edge.To]))],
            Metadata = metadata,
        };
    }

    private int Add(string name, NirNode node)
    {
        _nodes.Add((name, node));
        return _nodes.Count - 1;
    }

    private void Join(params ReadOnlySpan<int> nodes)
    {
        for (int i = 1; i < nodes.Length; i++) _edges.Add((nodes[i - 1], nodes[i]));
    }

    private static NirTensor Identity(int size)
        => new([.. Enumerable.Range(0, size * size).Select(i => i / size == i % size ? 1.0 : 0)], [size, size]);

    private static ImmutableSortedDictionary<string, object> Metadata(params ReadOnlySpan<(string Name, object Value)> values)
    {
        var metadata = ImmutableSortedDictionary.CreateBuilder<string, object>(StringComparer.Ordinal);
        foreach (var (name, value) in values) metadata.Add(name, value);
        return metadata.ToImmutable();
    }
}
