using Spectre.Console;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>spiking doctor: what this machine has, and what is in the way.</summary>
internal sealed class DoctorCommand(Terminal terminal)
    : ToolCommand("doctor", "Looks whether this machine can train and predict, and says what to mend.", terminal)
{
    protected override ExitCode Run(CommandRun run)
    {
        Examination examination = Doctor.Examine();
        run.Answer(examination, ToolJson.Documents.Examination, Draw);
        return examination.CanTrain ? ExitCode.Done : ExitCode.BackEnd;
    }

    internal static void Draw(Examination examination, Terminal terminal)
    {
        foreach (Finding finding in examination.Findings)
        {
            // Lines are written whole: a console would break them.
            terminal.Results.Markup(finding.Health switch { Health.Ok => "[green]ok  [/]", Health.Warn => "[yellow]warn[/]", _ => "[red]fail[/]" });
            terminal.Output.WriteLine($"  {finding.Name,-10}  {finding.Detail}");
            if (finding.Remedy is { } remedy) terminal.Output.WriteLine($"      {"",-10}  -> {remedy}");
        }
        terminal.Output.WriteLine(examination.CanTrain
            ? "Networks can be trained and served here."
            : "Networks cannot be trained here; trained ones can be evaluated and served all the same.");
    }
}
