using System.Globalization;
using System.Reflection;
using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>What the keys of a column stand for.</summary>
internal static class KeyValues
{
    private const string Annotation = "KeyValues";

    /// <summary>The type of the values; null where a key stands for nothing but itself.</summary>
    public static DataViewType? Type(DataViewSchema.Column column) => column.Annotations.Schema.GetColumnOrNull(Annotation)?.Type;

    /// <summary>The values as text; null where there are none.</summary>
    public static IReadOnlyList<string>? Read(DataViewSchema.Column column)
        => Type(column) is VectorDataViewType type
            ? (IReadOnlyList<string>)typeof(KeyValues).GetMethod(nameof(ReadAs), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type.ItemType.RawType).Invoke(null, [column])!
            : null;

    private static IReadOnlyList<string> ReadAs<T>(DataViewSchema.Column column)
    {
        VBuffer<T> values = default;
        column.Annotations.GetValue(Annotation, ref values);
        return [.. values.DenseValues().Select(value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")];
    }
}
