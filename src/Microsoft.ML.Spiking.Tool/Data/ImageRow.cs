using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>An image and its class, as ML.NET reads rows from objects.</summary>
internal sealed class ImageRow
{
    public float[] Features { get; set; } = [];

    /// <summary>The class, from 0: in memory ML.NET counts keys so, and makes 1 of the first.</summary>
    public uint Label { get; set; }

    /// <summary>The columns of images of one size, of these classes; without a label where there are none.</summary>
    public static SchemaDefinition Schema(ImageSize size, IReadOnlyList<string>? classes)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(ImageRow));
        schema[nameof(Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, size.Height, size.Width);
        if (classes is null)
        {
            schema.Remove(schema[nameof(Label)]);
            return schema;
        }
        schema[nameof(Label)].ColumnType = new KeyDataViewType(typeof(uint), classes.Count);
        var values = new VBuffer<ReadOnlyMemory<char>>(classes.Count, [.. classes.Select(name => name.AsMemory())]);
        schema[nameof(Label)].AddAnnotation("KeyValues", values, new VectorDataViewType(TextDataViewType.Instance, classes.Count));
        return schema;
    }
}
