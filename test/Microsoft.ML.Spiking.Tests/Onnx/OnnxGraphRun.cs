using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.Spiking.Tests.Onnx;

/// <summary>A model exported as ONNX, and run by ONNX Runtime.</summary>
internal sealed class OnnxGraphRun : IDisposable
{
    private readonly InferenceSession _session;

    /// <param name="ml">The context.</param>
    /// <param name="model">The model.</param>
    /// <param name="data">Rows of the features and nothing else.</param>
    public OnnxGraphRun(MLContext ml, ITransformer model, IDataView data)
    {
        using var graph = new MemoryStream();
        ml.Model.ConvertToOnnx(model, data, graph);
        IsLoop = graph.ToArray().AsSpan().IndexOf("num_scan_inputs"u8) >= 0;
        using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        _session = new InferenceSession(graph.ToArray(), options);
    }

    /// <summary>Whether its time steps are a loop, and not spelt out.</summary>
    public bool IsLoop { get; }

    public void Dispose() => _session.Dispose();

    /// <summary>Asserts that graphs give what a model gives: of a network one whose time steps are spelt out, and one where they are a loop.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="model">The model.</param>
    /// <param name="data">Rows of the features and nothing else.</param>
    /// <param name="mostOthers">Rows that may be others all the same.</param>
    /// <returns>How many were, at most.</returns>
    public static int AreSame(MLContext ml, ITransformer model, IDataView data, int mostOthers = 0)
        => Math.Max(IsSame(ml, model, data, mostOthers), IsSame(ml, InLoop(ml, model), data, mostOthers));

    /// <summary>Asserts that a graph gives what a model gives: numbers within 1e-5, labels equal.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="model">The model.</param>
    /// <param name="data">Rows of the features and nothing else.</param>
    /// <param name="mostOthers">Rows that may be others all the same.</param>
    /// <returns>How many were.</returns>
    public static int IsSame(MLContext ml, ITransformer model, IDataView data, int mostOthers = 0)
    {
        using var graph = new OnnxGraphRun(ml, model, data);
        if (model is SpikingNetworkTransformer network) Assert.AreEqual(network.LoopsInOnnx || network.Model.Steps > 128, graph.IsLoop);
        IDataView scored = model.Transform(data);
        Dictionary<string, Array> results = graph.Run(data);
        DataViewSchema.Column[] added = [.. scored.Schema.Where(column => column.Index >= data.Schema.Count)];
        Assert.IsNotEmpty(added);
        var others = new SortedDictionary<int, string>();
        foreach (DataViewSchema.Column column in added)
        {
            Array expected = Values(scored, column), found = results[column.Name];
            Assert.HasCount(expected.Length, found, column.Name);
            int width = column.Type is VectorDataViewType { Size: var size } ? size : 1;
            for (int i = 0; i < expected.Length; i++)
                if (!AreNear(expected.GetValue(i)!, found.GetValue(i)!)) others.TryAdd(i / width, $"{column.Name}, number {i % width}: {found.GetValue(i)} instead of {expected.GetValue(i)}");
        }
        Assert.IsLessThanOrEqualTo(mostOthers, others.Count, $"{(graph.IsLoop ? "loop: " : "")}{string.Join("; ", others.Select(row => $"row {row.Key}: {row.Value}"))}");
        return others.Count;
    }

    // A network whose time steps are a loop; what is none as it is.
    private static ITransformer InLoop(MLContext ml, ITransformer model) => model switch
    {
        SpikingNetworkTransformer network => new SpikingNetworkTransformer(ml, network.Model, network.Outputs) { LoopsInOnnx = true },
        SpikingFeaturesTransformer features => new SpikingFeaturesTransformer(ml, features.OutputColumnName, features.Model) { LoopsInOnnx = true },
        _ => model,
    };

    /// <summary>What the graph gives for rows, by the names of the columns.</summary>
    public Dictionary<string, Array> Run(IDataView data)
    {
        DataViewSchema.Column features = data.Schema.Single();
        var (name, input) = _session.InputMetadata.Single();
        NamedOnnxValue value = ((VectorDataViewType)features.Type).ItemType is BooleanDataViewType
            ? Value([.. data.GetColumn<VBuffer<bool>>(features).SelectMany(row => row.DenseValues())])
            : Value([.. data.GetColumn<VBuffer<float>>(features).SelectMany(row => row.DenseValues())]);
        using var results = _session.Run([value]);
        // What ML.NET adds for the names of slots is not of the rows.
        return results.Where(result => result.Name.EndsWith(".output", StringComparison.Ordinal)).ToDictionary(result => result.Name[..^".output".Length], Found);

        NamedOnnxValue Value<T>(T[] all)
        {
            int[] shape = [.. input.Dimensions];
            shape[0] = all.Length / shape[1..].Aggregate((a, b) => a * b);
            return NamedOnnxValue.CreateFromTensor(name, new DenseTensor<T>(all, shape));
        }
    }

    private static Array Found(DisposableNamedOnnxValue result) => result.Value switch
    {
        Tensor<float> tensor => tensor.ToArray(),
        Tensor<uint> tensor => tensor.ToArray(),
        Tensor<bool> tensor => tensor.ToArray(),
        var other => throw new NotSupportedException($"{result.Name} is {other.GetType()}."),
    };

    private static Array Values(IDataView scored, DataViewSchema.Column column) => column.Type switch
    {
        VectorDataViewType => scored.GetColumn<VBuffer<float>>(column).SelectMany(row => row.DenseValues()).ToArray(),
        NumberDataViewType => scored.GetColumn<float>(column).ToArray(),
        BooleanDataViewType => scored.GetColumn<bool>(column).ToArray(),
        _ => scored.GetColumn<uint>(column).ToArray(),
    };

    private static bool AreNear(object expected, object found) => expected is float number && found is float other
        ? float.IsNaN(number) ? float.IsNaN(other) : Math.Abs(number - other) <= 1e-5f * Math.Max(1, Math.Abs(number))
        : expected.Equals(found);
}
