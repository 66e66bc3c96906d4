using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Hosting;

/// <summary>
/// How long a time step of a column of spike trains is: an annotation that the loaders of events write, and that goes with the column through a pipeline.
/// </summary>
internal static class StepWidth
{
    private const string Kind = "BinWidth";

    /// <summary>Says it of a column.</summary>
    public static DataViewSchema.Annotations Annotations(TimeSpan width)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(Kind, TimeSpanDataViewType.Instance, (ref TimeSpan value) => value = width);
        return annotations.ToAnnotations();
    }

    /// <summary>What a column says; null where it says nothing.</summary>
    public static TimeSpan? Of(DataViewSchema.Column column)
    {
        if (column.Annotations.Schema.GetColumnOrNull(Kind)?.Type is not TimeSpanDataViewType) return null;
        TimeSpan width = default;
        column.Annotations.GetValue(Kind, ref width);
        return width;
    }

    /// <summary>Refuses a column whose time steps are not as long as those that were trained on.</summary>
    /// <param name="trained">How long those were; null where nothing said it.</param>
    /// <param name="column">The column.</param>
    /// <exception cref="ArgumentException">They are not.</exception>
    public static void Check(TimeSpan? trained, DataViewSchema.Column column)
    {
        if (trained is { } wanted && Of(column) is { } width && width != wanted)
            throw Trouble.Fit.Argument($"'{column.Name}' has time steps of {Said(width)}, but the network was trained on steps of {Said(wanted)}; load the "
                + "recordings with a BinWidth of that.");
    }

    /// <summary>A width, as in "2.5 ms".</summary>
    public static string Said(TimeSpan width) => string.Create(CultureInfo.InvariantCulture, $"{width.TotalMilliseconds} ms");
}
