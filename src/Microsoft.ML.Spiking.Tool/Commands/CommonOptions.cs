using System.CommandLine;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>What every command takes.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json { get; } = new("--json") { Description = "Write the result as JSON.", Recursive = true };

    public static Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "Write no progress to stderr; errors still come.", Recursive = true };

    public static Option<bool> Verbose { get; } = new("--verbose") { Description = "Write the training's log, and the stack of an error.", Recursive = true };

    public static IReadOnlyList<Option> All { get; } = [Json, Quiet, Verbose];
}
