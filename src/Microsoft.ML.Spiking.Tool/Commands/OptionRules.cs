using System.CommandLine;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>What numbers on the command line must satisfy.</summary>
internal static class OptionRules
{
    public static void RequireAtLeastOne(this Option<int> option) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() is < 1 and var value) result.AddError($"{option.Name} is {value}, but it must be at least 1.");
    });
}
