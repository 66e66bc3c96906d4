using System.CommandLine;
using System.CommandLine.Invocation;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>The tool: its commands, and one way for all of them to end.</summary>
internal sealed class CommandLine
{
    private readonly Terminal _terminal;
    private readonly RootCommand _root;

    public CommandLine(Terminal terminal)
    {
        _terminal = terminal;
        // In the order of a user's day, which is how --help lists them; `train` comes first.
        _root = new RootCommand("Trains, evaluates and inspects spiking neural networks for ML.NET.")
        {
            new TrainCommand(terminal),
            new EvaluateCommand(terminal),
            new PredictCommand(terminal),
            new ReportCommand(terminal),
            new ExportCommand(terminal),
            new ImportCommand(terminal),
            new VerifyCommand(terminal),
            new InfoCommand(terminal),
            new BenchCommand(terminal),
            new DoctorCommand(terminal),
        };
        foreach (Option option in CommonOptions.All) _root.Options.Add(option);
        _root.SetAction(_ =>
        {
            _root.Parse("--help").Invoke(new InvocationConfiguration { Output = _terminal.Diagnostics });
            return Refuse("No command was given.", "begin with 'spiking train'; 'spiking COMMAND --help' says what a command takes.");
        });
    }

    /// <summary>What a line says that the tool does not understand, without running it.</summary>
    public IReadOnlyList<string> Faults(IReadOnlyList<string> arguments) => [.. _root.Parse(arguments).Errors.Select(error => error.Message)];

    public async Task<ExitCode> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        ParseResult parsed = _root.Parse(arguments);
        if (parsed.Action is ParseErrorAction) return (ExitCode)Refuse(parsed);

        // Signals are the Interruption's: System.CommandLine would end a command that is saving what it has.
        var configuration = new InvocationConfiguration
        {
            Output = _terminal.Output,
            Error = _terminal.Diagnostics,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        return (ExitCode)await parsed.InvokeAsync(configuration, cancel);
    }

    private int Refuse(ParseResult parsed)
    {
        string command = parsed.CommandResult.Command is RootCommand ? "spiking" : $"spiking {parsed.CommandResult.Command.Name}";
        string? meant = Suggestion.For(parsed.Tokens.Select(token => token.Value), parsed.CommandResult.Command);
        // A word that nobody knows may be the value of an option that nobody knows: that one first.
        string fault = parsed.Errors.Select(error => error.Message).OrderByDescending(message => message.Contains("argument '-", StringComparison.Ordinal))
            .First();
        return Refuse(fault, meant is null ? $"'{command} --help' says what it takes." : $"did you mean '{meant}'? '{command} --help' says what it takes.");
    }

    private int Refuse(string message, string hint)
    {
        _terminal.Report(Failure.Usage(message, hint));
        return (int)ExitCode.Usage;
    }
}
