using System.Globalization;
using System.Reflection;
using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking;

/// <summary>What the keys of a column stand for, as text.</summary>
internal static class ClassNames
{
    /// <returns>Null where the keys have no values.</returns>
    public static string[]? Of(DataViewSchema.Column keys)
        => keys.Annotations.Schema.GetColumnOrNull("KeyValues")?.Type is VectorDataViewType { IsKnownSize: true } type
            ? (string[])typeof(ClassNames).GetMethod(nameof(Read), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type.ItemType.RawType).Invoke(null, [keys])!
            : null;

    public static string Text<T>(T value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static string[] Read<T>(DataViewSchema.Column keys)
    {
        VBuffer<T> values = default;
        keys.Annotations.GetValue("KeyValues", ref values);
        return [.. values.DenseValues().Select(Text)];
    }
}
