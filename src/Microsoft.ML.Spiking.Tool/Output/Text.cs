using System.Globalization;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>Numbers as a person reads them, the same in every country.</summary>
internal static class Text
{
    private const int ShortText = 24;

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

    /// <summary>
    /// A name as it may stand in a line: what would break the line, or its cells, or would speak to the terminal, as C# writes it: \n, \t, \u001b.
    /// </summary>
    public static string Line(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? Escape(c) : c.ToString())) : text;

    /// <summary>The same of a text of any length: its beginning.</summary>
    public static string Short(string text) => Line(text.Length > ShortText ? $"{text[..ShortText]}…" : text);

    private static string Escape(char c) => c switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ => FormattableString.Invariant($"\\u{(int)c:x4}"),
    };

    /// <summary>A mean count, as a whole number.</summary>
    public static string Count(double count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
