using System.Text.RegularExpressions;

namespace Microsoft.ML.Spiking.Samples.Tests.Documents;

/// <summary>A line that a reader is to type: a program of this house, and what it is given.</summary>
internal sealed partial record ShellCommand(string Line)
{
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
        ["spiking", ..] => "src/Microsoft.ML.Spiking.Tool",
        [_, "run", .. var rest] => Array.IndexOf(rest, "--project") is >= 0 and var at ? rest[at + 1] : rest.FirstOrDefault(word => word.EndsWith(".cs", StringComparison.Ordinal)),
        [_, _, .. var rest] => rest.FirstOrDefault(word => word.Contains('/', StringComparison.Ordinal) && !word.StartsWith('-')),
        _ => null,
    };

    /// <summary>The program's own verbs and options: all words of spiking, and what stands behind -- otherwise.</summary>
    public IEnumerable<string> Options
    {
        get
        {
            string[] own = Words is ["spiking", ..] ? Words[1..] : [.. Words.SkipWhile(word => word != "--").Skip(1)];
            IEnumerable<string> options = own.Where(word => word.StartsWith("--", StringComparison.Ordinal)).Select(word => word.Split('=')[0]);
            return Words is ["spiking", var verb, ..] && !verb.StartsWith('-') ? options.Prepend(verb) : options;
        }
    }

    [GeneratedRegex(@"(^|\s)#.*$")]
    private static partial Regex Comment();
}
