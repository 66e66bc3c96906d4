using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Transforms;

namespace Microsoft.ML.Spiking.Samples;

/// <summary>What a trainer takes for a label, and what its networks answer with.</summary>
internal abstract class ClassLabel
{
    /// <summary>What is needed in place of a label column, and the way to it; null where the column is right.</summary>
    public abstract string? Instead(SchemaShape.Column label);

    /// <summary>Classes that the label's type knows, whether or not they occur.</summary>
    public abstract ulong Classes(DataViewType type);

    /// <summary>Reads a row's class, from 0; below 0 where it is missing.</summary>
    public abstract Func<int> Reader(DataViewRow row, DataViewSchema.Column label);

    /// <summary>What a network that was trained on the column answers with.</summary>
    public abstract ClassOutputs Outputs(DataViewSchema.Column label);

    /// <summary>The columns that there will be.</summary>
    public abstract SchemaShape Promise(SchemaShape input, ColumnNames names, SchemaShape.Column label);

    /// <summary>Whether a column holds one number for each row, which a key, though stored as one, is not.</summary>
    protected static bool IsNumber(SchemaShape.Column label) => IsScalar(label) && !label.IsKey && label.ItemType is NumberDataViewType;

    protected static bool IsScalar(SchemaShape.Column label) => label.Kind == SchemaShape.Column.VectorKind.Scalar;
}
