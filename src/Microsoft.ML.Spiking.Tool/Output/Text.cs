using System.Globalization;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>Numbers as a person reads them, the same in every country.</summary>
internal static class Text
{
    public static string Of(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    public static string Of(double? value) => value is { } known ? Of(known) : "-";

    /// <summary>Minutes and seconds, as 02:05, and hours where there are any.</summary>
    public static string Duration(TimeSpan time)
        => time.TotalHours >= 1
            ? $"{(int)time.TotalHours}:{time:mm\\:ss}"
            : time.TotalMinutes >= 1 ? $"{time:mm\\:ss}"
            : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");

    /// <summary>Names as a sentence has them; of many, the first.</summary>
    public static string List(IReadOnlyList<string> names)
        => names.Count <= 12 ? string.Join(", ", names) : $"{string.Join(", ", names.Take(10))} and {names.Count - 10} more";

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
