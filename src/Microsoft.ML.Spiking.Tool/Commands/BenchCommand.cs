using System.CommandLine;
using System.Globalization;
using Spectre.Console;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>spiking bench: how fast this machine trains and predicts.</summary>
internal sealed class BenchCommand : ToolCommand
{
    private readonly Option<TrainingDevice?> _device = DeviceText.Option("What to measure: cpu (the default), or cuda:N where the tool was built for a GPU.");

    public BenchCommand(Terminal terminal) : base("bench", "Measures, in some ten seconds, how fast this machine trains and predicts.", terminal)
        => Options.Add(_device);

    protected override ExitCode Run(CommandRun run)
    {
        run.Answer(Bench.Run(run.Get(_device) ?? TrainingDevice.Cpu, run.Say, run.Cancel), ToolJson.Documents.BenchResult, Draw);
        return ExitCode.Done;
    }

    private static void Draw(BenchResult result, Terminal terminal)
    {
        Machine machine = result.Machine;
        terminal.Output.WriteLine($"{machine.System}, {machine.Architecture}, {machine.Cores} cores, {machine.Simd}, {machine.Runtime}");
        terminal.Output.WriteLine($"The default network: {result.Network}; images of noise.");
        Table table = Tables.Create([""], ["median ms", "fastest", "slowest", "runs", "rows/s"]);
        foreach (Measurement m in result.Measurements)
            table.AddRow(m.Name, Milliseconds(m.Median), Milliseconds(m.Minimum), Milliseconds(m.Maximum), Text.Count(m.Runs),
                Text.Count((long)m.RowsPerSecond));
        terminal.Results.Write(table);
    }

    private static string Milliseconds(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
