using System.Text.RegularExpressions;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>A line that a reader is to type: a program of this house, and what it is given.</summary>
internal sealed partial record ShellCommand(string Line)
{
    /// <summary>The project of the `spiking` tool.</summary>
    public const string Tool = "src/Microsoft.ML.Spiking.Tool";

    /// <summary>The lines of a block that start a program of this house.</summary>
    public static IEnumerable<ShellCommand> Of(CodeBlock block)
        => block.Language is "" or "sh" or "bash" or "shell" or "console"
            ? block.Code.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')
                .Select(line => new ShellCommand(Comment().Replace(line, "").Trim().TrimStart('$').Trim()))
                .Where(command => command.Words is ["dotnet", "run" or "test" or "build" or "pack", ..] or ["spiking", ..])
            : [];

    public string[] Words => Line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The project or file that it runs, from the repository's root; null where it names none.</summary>
    public string? Target => Words switch
    {
        ["spiking", ..] => Tool,
        [_, "run", .. var rest] => Array.IndexOf(rest, "--project") is >= 0 and var at ? rest[at + 1] : rest.FirstOrDefault(word => word.EndsWith(".cs", StringComparison.Ordinal)),
        [_, _, .. var rest] => rest.FirstOrDefault(word => word.Contains('/', StringComparison.Ordinal) && !word.StartsWith('-')),
        _ => null,
    };

    /// <summary>What the program itself is given: behind its name, or behind the -- of dotnet run.</summary>
    public string[] Arguments => Words is ["spiking", ..] ? Words[1..] : [.. Words.SkipWhile(word => word != "--").Skip(1)];

    /// <summary>The options among them.</summary>
    public IEnumerable<string> Options => Arguments.Where(word => word.StartsWith("--", StringComparison.Ordinal)).Select(word => word.Split('=')[0]);

    [GeneratedRegex(@"(^|\s)#.*$")]
    private static partial Regex Comment();
}
