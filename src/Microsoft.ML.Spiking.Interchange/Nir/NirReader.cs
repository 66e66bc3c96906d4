using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Microsoft.ML.Spiking.Hdf;

namespace Microsoft.ML.Spiking.Nir;

/// <summary>A NIR graph from an HDF5 file.</summary>
internal static class NirReader
{
    private const string Type = "type", Metadata = "metadata", Nodes = "nodes", Edges = "edges";

    public static NirGraph Read(HdfGroup root)
    {
        HdfGroup node = root.Group("node");
        NirGraph graph = Node(node) as NirGraph ?? throw new InvalidDataException($"{node.Path} is no NIRGraph.");
        NirPlan.Of(graph);
        return graph;
    }

    private static NirNode Node(HdfGroup group)
    {
        string type = Text(group.Dataset(Type));
        if (type is "LIF" or "CubaLIF" or "IF" or "LI") CheckSizes(group, type);
        NirNode node = type switch
        {
            "NIRGraph" => Graph(group),
            "Input" => new NirInput(Shape(group)),
            "Output" => new NirOutput(Shape(group)),
            "Linear" => new NirLinear(Tensor(group, "weight")),
            "Affine" => new NirAffine(Tensor(group, "weight"), Tensor(group, "bias")),
            "LIF" => new NirLif(Tensor(group, "tau"), Tensor(group, "r"), Tensor(group, "v_leak"), Tensor(group, "v_threshold"), Reset(group)),
            "CubaLIF" => new NirCubaLif(Tensor(group, "tau_syn"), Tensor(group, "tau_mem"), Tensor(group, "r"), Tensor(group, "v_leak"),
                Tensor(group, "v_threshold"), Reset(group), Tensor(group, "w_in", otherwise: 1)),
            "IF" => new NirIf(Tensor(group, "r"), Tensor(group, "v_threshold"), Reset(group)),
            "LI" => new NirLi(Tensor(group, "tau"), Tensor(group, "r"), Tensor(group, "v_leak")),
            _ => throw new InvalidDataException(
                $"{group.Path} is of type {type}, which is not read here; Input, Output, Linear, Affine, LIF, CubaLIF, IF, LI and NIRGraph are."),
        };
        string[] known = [Type, Metadata, .. node switch
        {
            NirGraph => [Nodes, Edges],
            NirInput or NirOutput => ["shape"],
            _ => node.Parameters.Select(parameter => parameter.Name),
        }];
        // nir itself writes what a nested graph takes and gives, which follows from its nodes.
        if (group.Names.Except(known).FirstOrDefault(name => node is not NirGraph || name is not ("input_type" or "output_type")) is { } stranger)
            throw new InvalidDataException($"{group.Path} has '{stranger}', which {type} does not have, and which would change what it means.");
        return group.Has(Metadata) ? node with { Metadata = MetadataOf(group.Group(Metadata)) } : node;
    }

    private static NirGraph Graph(HdfGroup group)
    {
        HdfGroup inner = group.Group(Nodes);
        var nodes = ImmutableSortedDictionary.CreateBuilder<string, NirNode>(StringComparer.Ordinal);
        foreach (string name in inner.Names) nodes.Add(name, Node(inner.Group(name)));
        return new NirGraph { Nodes = nodes.ToImmutable(), Edges = EdgesOf(group.Dataset(Edges)) };
    }

    private static ImmutableArray<NirEdge> EdgesOf(HdfDataset edges)
    {
        if (edges.Space.Count == 0) return [];   // of whatever type: h5py has no empty texts
        if (edges.Space.Shape is not [_, 2]) throw new InvalidDataException($"{edges.Path} has shape {Said(edges)}; pairs of names, [edges, 2], are needed.");
        return [.. edges.Texts().Chunk(2).Select(pair => new NirEdge(pair[0], pair[1]))];
    }

    private static ImmutableArray<int> Shape(HdfGroup group)
    {
        HdfDataset shape = group.Dataset("shape");
        if (shape.Space.Shape.Count != 1) throw new InvalidDataException($"{shape.Path} has shape {Said(shape)}; a list of sizes is needed.");
        return [.. shape.Integers().Select(size => size is > 0 and <= int.MaxValue ? (int)size
            : throw new InvalidDataException($"{shape.Path} has a size of {size}; it must be 1 or more."))];
    }

    /// <summary>Finds parameters of other neurons before any is read: packed, a single one may be a thousand times as large as the file.</summary>
    private static void CheckSizes(HdfGroup group, string type)
    {
        long neurons = 1;
        foreach (string name in group.Names.Where(name => name is not (Type or Metadata) && !group.IsGroup(name)))
        {
            long size = group.Dataset(name).Space.Count;
            if (size != 1 && neurons != 1 && size != neurons)
                throw new InvalidDataException($"{group.Path} ({type}) has a {name} for {size} neurons, but other parameters for {neurons}.");
            if (size != 1) neurons = size;
        }
    }

    private static NirTensor Reset(HdfGroup group) => Tensor(group, "v_reset", otherwise: 0);

    private static NirTensor Tensor(HdfGroup group, string name, double? otherwise = null)
    {
        if (otherwise is { } value && !group.Has(name)) return NirTensor.Scalar(value);
        return TensorOf(group.Dataset(name));
    }

    private static NirTensor TensorOf(HdfDataset dataset)
        => new(ImmutableCollectionsMarshal.AsImmutableArray(dataset.Doubles()), [.. dataset.Space.Shape.Select(size => size <= int.MaxValue ? (int)size
            : throw new InvalidDataException($"{dataset.Path} has an axis of {size}."))]);

    private static string Text(HdfDataset dataset)
        => dataset.Space.Count == 1 ? dataset.Texts()[0]
            : throw new InvalidDataException($"{dataset.Path} has shape {Said(dataset)}; a single text is needed.");

    private static ImmutableSortedDictionary<string, object> MetadataOf(HdfGroup group)
    {
        var metadata = ImmutableSortedDictionary.CreateBuilder<string, object>(StringComparer.Ordinal);
        Read(group, "");
        return metadata.ToImmutable();

        void Read(HdfGroup part, string before)
        {
            foreach (string name in part.Names)
            {
                if (part.IsGroup(name)) Read(part.Group(name), $"{before}{name}.");
                else if (!metadata.TryAdd(before + name, Value(part.Dataset(name)))) throw new InvalidDataException($"{part.Path}/{name} is there twice.");
            }
        }
    }

    private static object Value(HdfDataset dataset)
    {
        bool single = dataset.Space.Shape.Count == 0;
        return dataset.Type.Kind switch
        {
            HdfKind.Text or HdfKind.FixedText => single ? Text(dataset) : dataset.Texts().ToImmutableArray(),
            HdfKind.Boolean when single => dataset.Booleans()[0],
            HdfKind.Integer when single => dataset.Integers()[0],
            HdfKind.Boolean => new NirTensor([.. dataset.Booleans().Select(truth => truth ? 1.0 : 0)], TensorShape(dataset)),
            HdfKind.Float when single => dataset.Doubles()[0],
            _ => TensorOf(dataset),
        };
    }

    private static ImmutableArray<int> TensorShape(HdfDataset dataset) => [.. dataset.Space.Shape.Select(size => (int)size)];

    private static string Said(HdfDataset dataset) => $"[{string.Join(", ", dataset.Space.Shape)}]";
}
