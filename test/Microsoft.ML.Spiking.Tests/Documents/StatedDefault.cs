using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Microsoft.ML.Spiking.Tests.Documents;

/// <summary>What a doc comment says that a member is by default, and in the published network.</summary>
/// <param name="Words">As in "0.02", or "time constants 5 and 2 steps"; null where it says nothing.</param>
/// <param name="Published">As in "5e-5"; null where it says nothing.</param>
internal sealed partial record StatedDefault(string? Words, string? Published)
{
    public static StatedDefault Of(PropertyInfo member)
    {
        Match stated = Sentence().Match(DocComments.Plain(member));
        return stated.Success ? new(stated.Groups["words"].Value, stated.Groups["published"] is { Success: true, Value: var published } ? published : null) : new(null, null);
    }

    /// <summary>Whether words and value agree: of a record, its name where they begin with one, and every number in them.</summary>
    public static bool Agrees(string words, object? value)
    {
        string first = words.Split([',', ':', ' '])[0].Trim('"');
        if (value is ImmutableArray<int> numbers) return words.StartsWith($"[{string.Join(", ", numbers)}]", StringComparison.Ordinal);
        if (value is System.Collections.IEnumerable list and not string) return list.Cast<object>().All(item => item.GetType().Name == first);
        return OptionsPage.IsRecord(value)
            ? (!OptionsPage.Records.Any(type => type.Name == first) || first == value!.GetType().Name) && Number().Matches(words).All(number => Values(value!).Any(has => Same(number.Value, has)))
            : Same(first, value);
    }

    private static bool Same(string words, object? value) => value switch
    {
        null => words == "null",
        bool yes => words == (yes ? "true" : "false"),
        float single => float.TryParse(words, NumberStyles.Float, CultureInfo.InvariantCulture, out float said) && said == single,
        int or double => double.TryParse(words, NumberStyles.Float, CultureInfo.InvariantCulture, out double said) && said == Convert.ToDouble(value, CultureInfo.InvariantCulture),
        System.Collections.ICollection { Count: 0 } => words == "empty",
        _ => words == value.ToString(),
    };

    private static IEnumerable<object?> Values(object record) => OptionsPage.Members(record.GetType()).Select(member => member.GetValue(record));

    [GeneratedRegex(@"\bDefault:? (?<words>.+?)(; published (?<published>.+?))?\.(?=\s|$)")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"(?<![\w.])\d+(\.\d+)?(e-?\d+)?")]
    private static partial Regex Number();
}
