using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Transforms;

/// <summary>The column of what predictions cost, Vector&lt;Double&gt;: counts of more digits than Single holds, NaN where a row is missing.</summary>
internal static class CostColumn
{
    private const string SlotNames = "SlotNames";

    private static readonly ReadOnlyMemory<char>[] s_counts =
    [
        nameof(PredictionCost.InputEvents).AsMemory(), nameof(PredictionCost.Spikes).AsMemory(), nameof(PredictionCost.SynapticOperations).AsMemory(),
        nameof(PredictionCost.BytesMoved).AsMemory(),
    ];

    /// <summary>Adds the column to a schema, if it has a name.</summary>
    public static void AddTo(DataViewSchema.Builder schema, string? name)
    {
        if (name is null) return;
        DataViewSchema.Annotations.Builder annotations = new();
        annotations.Add(SlotNames, new VectorDataViewType(TextDataViewType.Instance, s_counts.Length),
            (ref VBuffer<ReadOnlyMemory<char>> names) => names = new(s_counts.Length, s_counts));
        schema.AddColumn(name, new VectorDataViewType(NumberDataViewType.Double, s_counts.Length), annotations.ToAnnotations());
    }

    /// <summary>The same, promised before there is a model.</summary>
    public static SchemaShape.Column[] Promise(string? name)
    {
        const SchemaShape.Column.VectorKind Vector = SchemaShape.Column.VectorKind.Vector;
        SchemaShape named = new([MLNet.Column(SlotNames, Vector, TextDataViewType.Instance)]);
        return name is null ? [] : [MLNet.Column(name, Vector, NumberDataViewType.Double, named)];
    }

    /// <exception cref="NotSupportedException">There is such a column.</exception>
    public static void RefuseOnnx(string? name)
    {
        if (name is not null)
            throw Trouble.Onnx.NotSupported($"'{name}' says what a prediction costs here, which is not what it costs in ONNX; export the network without it, "
                + "SpikingNetworkTransformer.WithCost(null).");
    }

    /// <summary>A row's value.</summary>
    /// <param name="cost">What it cost; null where it is missing.</param>
    /// <param name="value">Receives it.</param>
    public static void Write(PredictionCost? cost, ref VBuffer<double> value)
    {
        VBufferEditor<double> editor = VBufferEditor.Create(ref value, s_counts.Length);
        if (cost is null) editor.Values.Fill(double.NaN);
        else ((ReadOnlySpan<double>)[cost.InputEvents, cost.Spikes, cost.SynapticOperations, cost.BytesMoved]).CopyTo(editor.Values);
        value = editor.Commit();
    }
}
