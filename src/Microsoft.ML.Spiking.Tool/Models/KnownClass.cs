using System.Globalization;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>A class as data writes it, which a model that learnt it from numbers or Booleans may call otherwise.</summary>
internal static class KnownClass
{
    // As ML.NET's loader reads a Boolean.
    private static readonly HashSet<string> s_true = new(StringComparer.OrdinalIgnoreCase) { "true", "t", "yes", "y", "1", "+1", "+" };
    private static readonly HashSet<string> s_false = new(StringComparer.OrdinalIgnoreCase) { "false", "f", "no", "n", "0", "-1", "-" };

    /// <summary>
    /// The class that is meant: the one that is called so, else the only one that is it but for blanks, or is the same number or truth; null where there is
    /// none.
    /// </summary>
    /// <param name="text">What the data says.</param>
    /// <param name="classes">The classes' names.</param>
    public static string? Of(string text, IReadOnlyList<string> classes)
    {
        if (classes.Contains(text, StringComparer.Ordinal)) return text;
        if (classes.Where(name => name.AsSpan().Trim().SequenceEqual(text.AsSpan().Trim())).ToArray() is [var same]) return same;
        if (classes.All(name => name == bool.TrueString || name == bool.FalseString))
        {
            string? truth = s_true.Contains(text) ? bool.TrueString : s_false.Contains(text) ? bool.FalseString : null;
            return classes.FirstOrDefault(name => name == truth);
        }
        return Number(text) is { } number && classes.Where(name => Number(name) == number).ToArray() is [var only] ? only : null;
    }

    private static double? Number(string text)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;
}
