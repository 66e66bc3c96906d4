using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>A row of a table, as ML.NET reads rows from objects.</summary>
internal sealed class TableRow
{
    public float[] Features { get; set; } = [];

    /// <summary>The class, from 0; the largest number for none.</summary>
    public uint Label { get; set; } = uint.MaxValue;

    /// <summary>The columns of rows with features of these names, and a label of these classes; without one where there are none.</summary>
    public static SchemaDefinition Schema(IReadOnlyList<string>? names, int features, IReadOnlyList<string>? classes)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(TableRow));
        schema[nameof(Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, features);
        if (names is not null) schema[nameof(Features)].AddAnnotation("SlotNames", Texts(names), new VectorDataViewType(TextDataViewType.Instance, features));
        if (classes is null)
        {
            schema.Remove(schema[nameof(Label)]);
            return schema;
        }
        schema[nameof(Label)].ColumnType = new KeyDataViewType(typeof(uint), classes.Count);
        schema[nameof(Label)].AddAnnotation("KeyValues", Texts(classes), new VectorDataViewType(TextDataViewType.Instance, classes.Count));
        return schema;
    }

    private static VBuffer<ReadOnlyMemory<char>> Texts(IReadOnlyList<string> texts) => new(texts.Count, [.. texts.Select(text => text.AsMemory())]);
}
