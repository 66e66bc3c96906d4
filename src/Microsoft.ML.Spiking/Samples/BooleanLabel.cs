using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Transforms;

namespace Microsoft.ML.Spiking.Samples;

/// <summary>False or true: class 0 or 1, never missing.</summary>
internal sealed class BooleanLabel : ClassLabel
{
    public override string? Instead(SchemaShape.Column label)
        => IsScalar(label) && label.ItemType is BooleanDataViewType ? null
            : IsScalar(label) && label.IsKey ? "Boolean (MulticlassClassification.Trainers.SpikingNetwork takes a key, of two classes too)"
            : IsNumber(label) ? "Boolean, as ConvertType(outputKind: DataKind.Boolean) makes it of 0 and 1 (there is no regression yet)"
            : IsScalar(label) && label.ItemType is TextDataViewType
            ? "Boolean, as MapValue makes it of two texts (or MapValueToKey, for MulticlassClassification.Trainers.SpikingNetwork)"
            : "Boolean";

    public override ulong Classes(DataViewType type) => 2;

    public override Func<int> Reader(DataViewRow row, DataViewSchema.Column label)
    {
        var get = row.GetGetter<bool>(label);
        bool value = false;
        return () =>
        {
            get(ref value);
            return value ? 1 : 0;
        };
    }

    public override ClassOutputs Outputs(DataViewSchema.Column label) => new BinaryOutputs();

    public override SchemaShape Promise(SchemaShape input, ColumnNames names, SchemaShape.Column label) => BinarySchema.Promise(input, names);
}
