using System.Collections.Immutable;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Nir;

/// <summary>A graph that was checked: its nodes, those of nested graphs unfolded, in an order in which they can be computed.</summary>
internal sealed class NirPlan
{
    private NirPlan(NirPlanNode input, ImmutableArray<NirPlanNode> nodes)
        => (Input, Nodes, Outputs) = (input, nodes, [.. nodes.Where(node => node.Node is NirOutput && node.IsOuter)]);

    /// <summary>Where everything begins.</summary>
    public NirPlanNode Input { get; }

    /// <summary>All nodes, each after those that it reads.</summary>
    public ImmutableArray<NirPlanNode> Nodes { get; }

    /// <summary>The Outputs of the graph itself.</summary>
    public ImmutableArray<NirPlanNode> Outputs { get; }

    /// <summary>The plan of a graph that a user made.</summary>
    /// <exception cref="ArgumentException">It cannot be computed.</exception>
    public static NirPlan OfGiven(NirGraph graph)
    {
        try
        {
            return Of(graph);
        }
        catch (InvalidDataException fault)
        {
            throw Trouble.Onnx.Argument(fault.Message, nameof(graph));
        }
    }

    /// <exception cref="InvalidDataException">The graph cannot be computed; the message names the node by its path in a file.</exception>
    public static NirPlan Of(NirGraph graph)
    {
        var all = new List<NirPlanNode>();
        NirPlanNode input = Unfold(graph, "/node", "", isNested: false, all).Entry;
        foreach (NirPlanNode node in all)
            foreach (NirPlanNode source in node.Sources) source.IsRead = true;
        ImmutableArray<NirPlanNode> ordered = Ordered(all);
        foreach (NirPlanNode node in ordered) Check(node, input);
        return new NirPlan(input, ordered);
    }

    /// <summary>Adds the nodes of a graph.</summary>
    /// <returns>Where others lead to, and where they go on from.</returns>
    private static (NirPlanNode Entry, NirPlanNode Exit) Unfold(NirGraph graph, string path, string before, bool isNested, List<NirPlanNode> all)
    {
        var ends = new Dictionary<string, (NirPlanNode Entry, NirPlanNode Exit)>();
        var own = new NirPlanNode(path, before, graph);
        if (graph.Nodes is null || graph.Edges.IsDefault) throw own.Says("has no nodes or no edges.");
        foreach (var (name, node) in graph.Nodes)
        {
            if (name.Length == 0 || name == "." || name.Contains('/') || name.Contains('\0'))
                throw own.Says($"has a node called '{name}', which no node can be called.");
            string inner = $"{path}/nodes/{name}";
            if (node is NirGraph nested)
            {
                ends.Add(name, Unfold(nested, inner, $"{before}{name}/", isNested: true, all));
                continue;
            }
            var planned = new NirPlanNode(inner, before + name, node ?? throw own.Says($"has a node '{name}' that is null."));
            all.Add(planned);
            ends.Add(name, (planned, planned));
        }

        foreach (NirEdge edge in graph.Edges)
        {
            if (!ends.TryGetValue(edge.From, out var from)) throw own.Says($"has an edge from '{edge.From}', but no such node.");
            if (!ends.TryGetValue(edge.To, out var to)) throw own.Says($"has an edge to '{edge.To}', but no such node.");
            if (graph.Nodes[edge.From] is NirOutput) throw from.Exit.Says($"leads to '{edge.To}', but an Output is where a graph ends.");
            if (graph.Nodes[edge.To] is NirInput) throw to.Entry.Says($"is led to by '{edge.From}', but an Input is where a graph begins.");
            if (to.Entry.Sources.Contains(from.Exit)) throw own.Says($"has the edge from '{edge.From}' to '{edge.To}' twice.");
            to.Entry.Sources.Add(from.Exit);
        }

        return (One<NirInput>(), isNested ? One<NirOutput>() : Some());

        NirPlanNode One<T>() where T : NirNode
        {
            string[] names = [.. graph.Nodes.Where(pair => pair.Value is T).Select(pair => pair.Key)];
            return names is [var name] ? ends[name].Entry : throw own.Says($"has {names.Length} nodes of type {typeof(T).Name[3..]}; one is needed.");
        }

        NirPlanNode Some() => graph.Nodes.FirstOrDefault(pair => pair.Value is NirOutput) is { Key: { } name } ? ends[name].Entry
            : throw own.Says("has no node of type Output.");
    }

    private static ImmutableArray<NirPlanNode> Ordered(List<NirPlanNode> all)
    {
        var waiting = all.ToDictionary(node => node, node => node.Sources.Count);
        var readers = all.SelectMany(node => node.Sources.Select(source => (Source: source, Reader: node)))
            .ToLookup(pair => pair.Source, pair => pair.Reader);
        var ready = new Queue<NirPlanNode>(all.Where(node => node.Sources.Count == 0));
        var ordered = ImmutableArray.CreateBuilder<NirPlanNode>(all.Count);
        while (ready.TryDequeue(out NirPlanNode? node))
        {
            ordered.Add(node);
            foreach (NirPlanNode reader in readers[node])
                if (--waiting[reader] == 0) ready.Enqueue(reader);
        }
        if (ordered.Count == all.Count) return ordered.ToImmutable();
        const int named = 5;
        string[] circle = [.. all.Where(node => waiting[node] > 0).Select(node => node.Name).Take(named)];
        throw new InvalidDataException($"/node (NIRGraph) runs in a circle at {string.Join(", ", circle)}; recurrent graphs are not read here.");
    }

    private static void Check(NirPlanNode node, NirPlanNode input)
    {
        if (node.Sources.Count == 0 && node != input) throw node.Says("is led to by no edge.");
        if (!node.IsRead && !(node.Node is NirOutput && node.IsOuter)) throw node.Says("leads nowhere.");
        foreach (var (name, value) in node.Node.Parameters) Check(node, name, value);
        int coming = node.Sources.Count == 0 ? 0 : node.Sources[0].Width;
        foreach (NirPlanNode source in node.Sources)
            if (source.Width != coming) throw node.Says($"adds up {coming} numbers of {node.Sources[0].Path} and {source.Width} of {source.Path}.");

        (node.Inputs, node.Width) = node.Node switch
        {
            NirInput at => Both(Size(node, at.Shape)),
            NirOutput at => Both(Size(node, at.Shape)),
            NirLinear linear => Sizes(node, linear.Weight),
            NirAffine affine => Sizes(node, affine.Weight),
            _ => Both(Neurons(node, coming)),
        };
        if (node.Node is NirAffine { Bias.Shape: var bias } && !(bias is [var biases] && biases == node.Width))
            throw node.Says($"has a bias of shape [{string.Join(", ", bias)}], but its weight gives {node.Width} numbers.");
        if (node.Sources.Count > 0 && coming != node.Inputs) throw node.Says($"reads {node.Inputs} numbers, but {node.Sources[0].Path} gives {coming}.");

        static (int, int) Both(int size) => (size, size);
    }

    private static void Check(NirPlanNode node, string name, NirTensor tensor)
    {
        if (tensor is null || tensor.Values.IsDefault || tensor.Shape.IsDefault) throw node.Says($"has no {name}.");
        long size = 1;
        foreach (int axis in tensor.Shape) size = Math.Min(int.MaxValue, size * Math.Max(0, axis));
        if (tensor.Values.Length != size || size == 0)
            throw node.Says($"has a {name} of shape [{string.Join(", ", tensor.Shape)}] with {tensor.Values.Length} numbers.");
        bool isTime = name.StartsWith("tau", StringComparison.Ordinal);
        foreach (double value in tensor.Values)
        {
            if (!double.IsFinite(value)) throw node.Says(FormattableString.Invariant($"has a {name} of {value}, which is no finite number."));
            if (isTime && value <= 0) throw node.Says(FormattableString.Invariant($"has a {name} of {value}; a time constant is greater than 0."));
        }
    }

    private static int Size(NirPlanNode node, ImmutableArray<int> shape)
    {
        if (shape.IsDefaultOrEmpty || shape.Any(size => size < 1)) throw node.Says("has no shape.");
        // What reads several axes would have to say along which.
        if (shape.Count(size => size > 1) > 1)
        {
            long all = shape.Aggregate(1L, (product, size) => product * size);
            throw node.Says($"has shape [{string.Join(", ", shape)}]; numbers along one axis are read here, [{all}].");
        }
        return shape.Max();
    }

    private static (int Inputs, int Width) Sizes(NirPlanNode node, NirTensor weight)
        => weight.Shape is [var outputs, var inputs] ? (inputs, outputs)
            : throw node.Says($"has a weight of shape [{string.Join(", ", weight.Shape)}]; [outputs, inputs] is needed.");

    private static int Neurons(NirPlanNode node, int coming)
    {
        int? neurons = null;
        foreach (var (name, value) in node.Node.Parameters)
        {
            if (value.Shape.IsEmpty) continue;
            if (value.Shape is not [var size]) throw node.Says($"has a {name} of shape [{string.Join(", ", value.Shape)}]; [neurons] is needed.");
            if (neurons is { } others && others != size) throw node.Says($"has a {name} for {size} neurons, but other parameters for {others}.");
            neurons = size;
        }
        return neurons ?? coming;
    }
}
