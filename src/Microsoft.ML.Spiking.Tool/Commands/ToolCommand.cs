using System.CommandLine;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>A command: it runs on a thread of its own, so that an interruption reaches it, and ends in one of the exit codes, whatever is thrown.</summary>
internal abstract class ToolCommand : System.CommandLine.Command
{
    private readonly Terminal _terminal;

    protected ToolCommand(string name, string description, Terminal terminal) : base(name, description)
    {
        _terminal = terminal;
        SetAction((arguments, cancel) => Task.Run(() => (int)Guard(arguments, cancel), CancellationToken.None));
    }

    protected abstract ExitCode Run(CommandRun run);

    private ExitCode Guard(ParseResult arguments, CancellationToken cancel)
    {
        var run = new CommandRun(arguments, _terminal, cancel);
        try
        {
            return Run(run);
        }
        catch (Exception error)
        {
            Failure failure = Failure.Of(error);
            _terminal.Report(failure);
            if (run.Verbose) _terminal.Diagnostics.WriteLine(error);
            return failure.Code;
        }
    }
}
