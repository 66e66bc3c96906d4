using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Hosting;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>Makes any label column a key with text values.</summary>
internal static class LabelColumn
{
    /// <summary>The view with such a label; as it is, where it is one, or a key without values.</summary>
    public static IDataView Normalise(MLContext ml, IDataView view)
    {
        DataViewSchema.Column label = view.Schema[Samples.Label];
        if (label.Type is KeyDataViewType)
        {
            if (LabelValues.Of(label) is null or { AreText: true }) return view;
            view = ml.Transforms.Conversion.MapKeyToValue(Samples.Label).Fit(view).Transform(view);
        }
        if (label.Type is VectorDataViewType)
            throw Failure.Input($"The column Label holds {label.Type}, but a label is one key, text or number.", "write the data anew with one label a row.");
        if (view.Schema[Samples.Label].Type is not TextDataViewType)
            view = ml.Transforms.Conversion.ConvertType(Samples.Label, outputKind: DataKind.String).Fit(view).Transform(view);
        return ToKey(ml, view, Sorted(view.GetColumn<string>(Samples.Label).Distinct()));
    }

    /// <summary>The text label as a key of these classes, in their order; any other text becomes the missing key.</summary>
    public static IDataView ToKey(MLContext ml, IDataView view, IReadOnlyList<string> classes)
    {
        IDataView keys = ml.Data.LoadFromEnumerable(classes.Select(name => new ClassName { Name = name }));
        return ml.Transforms.Conversion.MapValueToKey(Samples.Label, Samples.Label, keyData: keys).Fit(view).Transform(view);
    }

    /// <summary>Numbers by size, other names by their letters; the empty name, a missing label, is none.</summary>
    public static IReadOnlyList<string> Sorted(IEnumerable<string> names)
    {
        string[] all = [.. names.Where(name => !string.IsNullOrEmpty(name))];
        return all.All(name => double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            ? [.. all.OrderBy(name => double.Parse(name, NumberStyles.Float, CultureInfo.InvariantCulture))]
            : [.. all.Order(StringComparer.Ordinal)];
    }

    private sealed class ClassName
    {
        public string Name { get; set; } = "";
    }
}
