using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Spiking.Transforms;

namespace Microsoft.ML.Spiking.Samples;

/// <summary>A key of any number of classes.</summary>
internal sealed class KeyLabel : ClassLabel
{
    private const string Keys = "Key<UInt32>, as MapValueToKey makes it of text or numbers";

    public override string? Instead(SchemaShape.Column label)
        => IsScalar(label) && label.IsKey && label.ItemType.Equals(NumberDataViewType.UInt32) ? null
            : IsScalar(label) && label.ItemType is BooleanDataViewType
            ? "Key<UInt32>, as MapValueToKey makes it (or train with BinaryClassification.Trainers.SpikingNetwork, which takes a Boolean)"
            : IsNumber(label) ? $"{Keys} that stand for classes (there is no regression yet)"
            : Keys;

    public override ulong Classes(DataViewType type) => ((KeyDataViewType)type).Count;

    public override Func<int> Reader(DataViewRow row, DataViewSchema.Column label)
    {
        var get = row.GetGetter<uint>(label);
        ulong classes = Classes(label.Type);
        uint key = 0;
        return () =>
        {
            get(ref key);
            return key <= classes ? (int)key - 1
                : throw Trouble.Row.InvalidOperation($"Row {row.Position} has the key {key} in '{label.Name}', but its type, {label.Type}, counts {classes}; "
                    + "mend the column, or the type that it says it has.");
        };
    }

    public override ClassOutputs Outputs(DataViewSchema.Column label) => new MulticlassOutputs(LabelValues.Of(label));

    public override SchemaShape Promise(SchemaShape input, ColumnNames names, SchemaShape.Column label) => MulticlassSchema.Promise(input, names, label);
}
