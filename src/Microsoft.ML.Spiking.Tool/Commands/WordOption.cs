using System.CommandLine;
using System.Globalization;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>Options of one word, which is read, or refused in a sentence that names what was typed.</summary>
internal static class WordOption
{
    /// <param name="name">The option.</param>
    /// <param name="form">Its value in the help.</param>
    /// <param name="description">What the help says of it.</param>
    /// <param name="needed">What it must be: the end of the sentence.</param>
    /// <param name="read">Its value; null where the word is none.</param>
    public static Option<T?> Create<T>(string name, string form, string description, string needed, Func<string, T?> read) where T : struct => new(name)
    {
        Description = description,
        HelpName = form,
        CustomParser = result =>
        {
            string word = result.Tokens[0].Value;
            if (read(word) is { } value) return value;
            result.AddError($"{name} is '{word}', but it must be {needed}.");
            return null;
        },
    };

    /// <summary>One of an enumeration's names, in small letters.</summary>
    public static Option<T?> Choice<T>(string name, string description) where T : struct, Enum
    {
        string[] words = [.. Enum.GetNames<T>().Select(member => member.ToLowerInvariant())];
        Option<T?> option = Create<T>(name, string.Join('|', words), description, $"{string.Join(", ", words[..^1])} or {words[^1]}",
            word => words.Contains(word, StringComparer.OrdinalIgnoreCase) ? Enum.Parse<T>(word, ignoreCase: true) : null);
        option.CompletionSources.Add(words);
        return option;
    }

    public static Option<int?> Count(string name, string description, int least = 1)
        => Create<int>(name, "N", description, $"a whole number of at least {least}", word => Whole(word) is { } value && value >= least ? value : null);

    public static Option<int?> Integer(string name, string description) => Create(name, "N", description, "a whole number", Whole);

    public static Option<double?> Fraction(string name, string description)
        => Create<double>(name, "FRACTION", description, "a number from 0 to 1", word => Number(word) is >= 0 and <= 1 and var value ? value : null);

    public static Option<double?> Rate(string name, string description)
        => Create<double>(name, "RATE", description, "a number above 0",
            word => Number(word) is > 0 and < double.PositiveInfinity and var value ? value : null);

    /// <summary>A number; null where the word is none.</summary>
    public static double? Number(string word) => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;

    private static int? Whole(string word) => int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value : null;
}
