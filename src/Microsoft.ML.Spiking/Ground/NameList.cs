using System.Collections.Immutable;

namespace Microsoft.ML.Spiking.Ground;

/// <summary>Names within a sentence: the first ones, and how many more there are.</summary>
internal static class NameList
{
    private const int MostNamed = 6;

    public static string Said(ImmutableArray<string> names)
        => string.Join(", ", names.Take(MostNamed).Select(name => $"'{name}'")) + (names.Length > MostNamed ? $" and {names.Length - MostNamed} more" : "");
}
