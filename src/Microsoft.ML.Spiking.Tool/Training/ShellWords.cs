namespace Microsoft.ML.Spiking.Tool;

/// <summary>A command line that can be pasted into a shell.</summary>
internal static class ShellWords
{
    private const string Plain = "-_./:=,+@%";

    public static string Join(IEnumerable<string> words) => string.Join(' ', words.Select(Quoted));

    private static string Quoted(string word) => word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || Plain.Contains(c))
        ? word
        : OperatingSystem.IsWindows() ? $"\"{word}\"" : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
