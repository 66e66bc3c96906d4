using Spectre.Console;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>Where the tool writes: results to one place, progress and errors to another.</summary>
internal sealed class Terminal(IAnsiConsole results, TextWriter output, IAnsiConsole progress, TextWriter diagnostics)
{
    // Where nobody looks at lines, a table need not fit a screen.
    private const int WidthOfFiles = 200;

    /// <summary>Tables of results.</summary>
    public IAnsiConsole Results => results;

    /// <summary>Lines of results and JSON; the same place as <see cref="Results"/>.</summary>
    public TextWriter Output => output;

    /// <summary>Live progress.</summary>
    public IAnsiConsole Progress => progress;

    /// <summary>Lines of progress and errors; the same place as <see cref="Progress"/>.</summary>
    public TextWriter Diagnostics => diagnostics;

    /// <summary>A line of a result: what it is, and its value below the others.</summary>
    public void Field(string name, string value) => output.WriteLine($"{name,-21}{Text.Line(value)}");

    // The console must know a screen when it sees one; what goes elsewhere may be held up there.
    public static Terminal OfProcess() => Of(
        Console.IsOutputRedirected ? new PipeWriter(Console.Out, isResult: true) : Console.Out, Console.IsOutputRedirected,
        Console.IsErrorRedirected ? new PipeWriter(Console.Error, isResult: false) : Console.Error, Console.IsErrorRedirected);

    /// <summary>A terminal that writes into files or strings.</summary>
    public static Terminal Of(TextWriter output, TextWriter diagnostics) => Of(output, outputRedirected: true, diagnostics, diagnosticsRedirected: true);

    /// <summary>Whether a thread is writing right now; one that is so for long is held up.</summary>
    public bool IsWriting(int thread)
        => output is PipeWriter results && results.IsWriting(thread) || diagnostics is PipeWriter lines && lines.IsWriting(thread);

    public void Report(Failure failure)
    {
        // The console would break a long line, and a line is what was promised.
        progress.Markup("[red]error:[/] ");
        diagnostics.WriteLine(OneLine(failure.Message));
        progress.Markup("[yellow]hint:[/] ");
        diagnostics.WriteLine(OneLine(failure.Hint));
    }

    public void Warn(string message)
    {
        // A live table makes room for what the console writes; elsewhere a line is what was promised.
        if (progress.Profile.Capabilities.Interactive) progress.MarkupLineInterpolated($"[yellow]warning:[/] {OneLine(message)}");
        else diagnostics.WriteLine($"warning: {OneLine(message)}");
    }

    private static string OneLine(string text)
        => Text.Line(string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));

    private static Terminal Of(TextWriter output, bool outputRedirected, TextWriter diagnostics, bool diagnosticsRedirected)
        => new(Create(output, outputRedirected), output, Create(diagnostics, diagnosticsRedirected), diagnostics);

    private static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        bool plain = redirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (redirected) console.Profile.Width = WidthOfFiles;
        return console;
    }
}
