using System.Globalization;
using System.Reflection;
using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Hosting;

namespace Microsoft.ML.Spiking;

/// <summary>Reads the class of a row, whatever the label column is: a key, numbered as in training or by its own values, or the class's name itself.</summary>
internal static class LabelReader
{
    /// <returns>The class, from 0; null where it is missing or none that the network knows.</returns>
    public static Func<int?> Of(DataViewRow row, DataViewSchema.Column label, string[] classes)
        => (Func<int?>)typeof(LabelReader)
            .GetMethod(label.Type is KeyDataViewType ? nameof(Keys) : nameof(Names), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(label.Type.RawType).Invoke(null, [row, label, classes])!;

    private static Func<int?> Keys<T>(DataViewRow row, DataViewSchema.Column label, string[] classes)
    {
        // Keys of other data may count the same classes in another order: their values tell.
        int?[]? places = LabelValues.Of(label)?.Texts is { } names ? [.. names.Select(name => PlaceOf(name, classes))] : null;
        var get = row.GetGetter<T>(label);
        T value = default!;
        return () =>
        {
            get(ref value);
            long key = Convert.ToInt64(value, null) - 1;
            if (key < 0 || key >= (places?.Length ?? classes.Length)) return null;
            return places is null ? (int)key : places[key];
        };
    }

    private static Func<int?> Names<T>(DataViewRow row, DataViewSchema.Column label, string[] classes)
    {
        var get = row.GetGetter<T>(label);
        T value = default!;
        return () =>
        {
            get(ref value);
            return PlaceOf(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", classes);
        };
    }

    private static int? PlaceOf(string name, string[] classes) => Array.IndexOf(classes, name) is >= 0 and var place ? place : null;
}
