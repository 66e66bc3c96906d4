using System.CommandLine;
using System.Globalization;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>What numbers on the command line must satisfy. What is no number at all, System.CommandLine says itself.</summary>
internal static class OptionRules
{
    public static void RequireAtLeastOne(this Option option) => option.Validators.Add(result =>
    {
        foreach (var token in result.Tokens)
            if (int.TryParse(token.Value, CultureInfo.InvariantCulture, out int value) && value < 1) result.AddError($"{option.Name} is {value}, but it must be at least 1.");
    });

    public static void RequireFraction(this Option option) => option.Validators.Add(result =>
    {
        foreach (var token in result.Tokens)
            if (double.TryParse(token.Value, CultureInfo.InvariantCulture, out double value) && value is not (>= 0 and <= 1)) result.AddError($"{option.Name} is {token.Value}, but it must lie between 0 and 1.");
    });
}
