using System.Globalization;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>What a cell of a table says, where it is to be a number.</summary>
internal static class Cell
{
    // pandas, R, Excel, UCI's files and databases; infinities are no values to learn from either.
    private static readonly HashSet<string> s_missing = new(StringComparer.OrdinalIgnoreCase)
    {
        "", "?", "NA", "<NA>", "N/A", "#N/A", "NaN", "null", "None", "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity", "∞", "-∞",
    };

    /// <summary>Whether it stands for no value.</summary>
    public static bool IsMissing(string cell) => s_missing.Contains(cell);

    /// <summary>Reads a number with a decimal point, as ML.NET's loader does.</summary>
    public static bool TryRead(string cell, out float number)
        => float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && float.IsFinite(number);

    /// <summary>The number; not a number where the cell has none.</summary>
    public static float Read(string cell) => TryRead(cell, out float number) ? number : float.NaN;

    /// <summary>Whether it is a number, but none that is read: one with commas, or too large.</summary>
    public static bool IsUnread(string cell) => IsNumberWithComma(cell) || IsTooLarge(cell);

    /// <summary>Whether it is a number beyond what a Single holds, as 1e39 is.</summary>
    public static bool IsTooLarge(string cell)
        => float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out float number) && float.IsInfinity(number) && !IsMissing(cell);

    /// <summary>Whether it is a number once commas are points or go: 1,5 and 1.234,56 and 1,234.</summary>
    public static bool IsNumberWithComma(string cell)
        => cell.Contains(',', StringComparison.Ordinal) && cell.All(c => char.IsAsciiDigit(c) || c is ',' or '.' or '-' or '+' or 'e' or 'E')
            && cell.Any(char.IsAsciiDigit);
}
