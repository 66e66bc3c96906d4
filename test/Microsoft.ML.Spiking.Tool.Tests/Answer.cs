using System.Text.Json;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>What the tool answered: how it ended, and what it wrote where.</summary>
internal sealed record Answer(ExitCode Code, string Output, string Errors)
{
    public IReadOnlyList<string> Lines => Output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>Runs the tool in this process.</summary>
    public static Answer To(params string[] arguments) => To(CancellationToken.None, arguments);

    public static Answer To(CancellationToken cancel, params string[] arguments)
    {
        using StringWriter output = new(), errors = new();
        ExitCode code = new Tool.CommandLine(Terminal.Of(output, errors)).RunAsync(arguments, cancel).GetAwaiter().GetResult();
        return new Answer(code, output.ToString(), errors.ToString());
    }

    /// <summary>One line error: and one line hint:, and nothing on stdout.</summary>
    public void FailsWith(ExitCode code, string message)
    {
        Assert.AreEqual(code, Code, Errors);
        string[] lines = [.. Errors.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).SkipWhile(line => !line.StartsWith("error: ", StringComparison.Ordinal))];
        Assert.HasCount(2, lines, Errors);
        StringAssert.Contains(lines[0], message, StringComparison.Ordinal);
        StringAssert.StartsWith(lines[1], "hint: ", StringComparison.Ordinal);
    }
}
