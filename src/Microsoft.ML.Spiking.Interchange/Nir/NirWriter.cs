using System.Collections.Immutable;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Hdf;

namespace Microsoft.ML.Spiking.Nir;

/// <summary>A NIR graph as an HDF5 file, laid out as the Python package lays it out.</summary>
internal static class NirWriter
{
    // The newest layout of the Python package.
    private const string Version = "1.0.8";

    public static void Write(NirGraph graph, Stream stream)
    {
        var root = new HdfBuilder();
        root.Add("version", Version);
        Add(root.Group("node"), graph);
        root.Write(stream);
    }

    private static void Add(HdfBuilder group, NirNode node)
    {
        group.Add("type", node.Kind);
        if (node is NirInput input) AddShape(group, input.Shape);
        if (node is NirOutput output) AddShape(group, output.Shape);
        foreach (var (name, value) in node.Parameters) Add(group, name, value, single: name is "weight" or "bias" && value.IsSingle);
        if (node is NirGraph graph)
        {
            HdfBuilder nodes = group.Group("nodes");
            foreach (var (name, inner) in graph.Nodes) Add(nodes.Group(name), inner);
            group.Add("edges", [.. graph.Edges.SelectMany(edge => (string[])[edge.From, edge.To])], [graph.Edges.Length, 2]);
        }
        if (node.Metadata.IsEmpty) return;
        HdfBuilder metadata = group.Group("metadata");
        foreach (var (name, value) in node.Metadata) Add(metadata, name, value);
    }

    private static void AddShape(HdfBuilder group, ImmutableArray<int> shape) => group.Add("shape", [.. shape.Select(size => (long)size)], [shape.Length]);

    private static void Add(HdfBuilder group, string name, NirTensor tensor, bool single)
    {
        if (tensor.Shape.IsEmpty) group.Add(name, tensor.Values[0]);
        else if (single) group.Add(name, [.. tensor.Values.Select(value => (float)value)], Axes(tensor));
        else group.Add(name, [.. tensor.Values], Axes(tensor));
    }

    private static void Add(HdfBuilder group, string name, object value)
    {
        switch (value)
        {
            case string text: group.Add(name, text); break;
            case bool truth: group.Add(name, truth); break;
            case long number: group.Add(name, number); break;
            case double number: group.Add(name, number); break;
            case NirTensor tensor: Add(group, name, tensor, single: tensor.IsSingle); break;
            case ImmutableArray<string> texts: group.Add(name, [.. texts], [texts.Length]); break;
            default: throw Trouble.Onnx.Argument($"The metadata '{name}' is a {value.GetType().Name}; text, Boolean, Int64, Double and arrays can be written.");
        }
    }

    private static long[] Axes(NirTensor tensor) => [.. tensor.Shape.Select(size => (long)size)];
}
