using Microsoft.ML.Spiking.Transforms;
using Spectre.Console;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>An evaluation for the eye.</summary>
internal static class EvaluationTable
{
    // A wider table would not fit a screen; --json has it all.
    private const int MostClasses = 20;

    public static void Draw(EvaluationResult result, Terminal terminal)
    {
        terminal.Output.WriteLine($"rows            {Text.Count(result.Rows)}");
        if (result.Unanswered > 0) terminal.Output.WriteLine($"no answer       {Text.Count(result.Unanswered)} more, in no measure below");
        terminal.Output.WriteLine($"micro accuracy  {Text.Of(result.MicroAccuracy)}");
        terminal.Output.WriteLine($"macro accuracy  {Text.Of(result.MacroAccuracy)}");
        terminal.Output.WriteLine($"log-loss        {Text.Of(result.LogLoss)}");
        terminal.Output.WriteLine(
            $"calibration     {Text.Of(result.CalibrationError)} off, on the mean: scores of 0.9 are right nine times in ten where it is 0");
        CostResult cost = result.Cost;
        terminal.Output.WriteLine($"cost of a row   {Text.Count(cost.Spikes)} spikes, {Text.Count(cost.SynapticOperations)} synaptic operations, "
            + $"{Text.Count(cost.BytesMoved)} bytes of weights; an ordinary network of the same layers: {Text.Count(cost.DenseOperations)} operations");
        for (int k = 1; k < result.TopK.Count; k++) terminal.Output.WriteLine($"top-{k + 1} accuracy  {Text.Of(result.TopK[k])}");

        terminal.Output.WriteLine();
        if (result.Curve is { } curve)
        {
            terminal.Output.WriteLine("Accuracy against cost, where the model is shown fewer time steps than it was trained on:");
            terminal.Results.Write(Curve(curve));
        }
        terminal.Results.Write(Classes(result));
        if (result.Classes.Count <= MostClasses)
        {
            terminal.Output.WriteLine("Confusion: rows are the true classes, columns the predicted ones.");
            terminal.Results.Write(Confusion(result));
        }
        else terminal.Output.WriteLine($"The confusion of {result.Classes.Count} classes is in --json.");
    }

    private static Table Curve(IReadOnlyList<CurvePoint> curve)
    {
        Table table = Tables.Create(["time steps"], ["accuracy", "spikes", "operations"]);
        foreach (CurvePoint point in curve)
            table.AddRow($"{point.TimeSteps}", Text.Of(point.MicroAccuracy), Text.Count(point.Spikes), Text.Count(point.SynapticOperations));
        return table;
    }

    private static Table Classes(EvaluationResult result)
    {
        Table table = Tables.Create(["class"], ["rows", "precision", "recall", "F1"]);
        foreach (ClassResult c in result.Classes)
            table.AddRow(Markup.Escape(Text.Line(c.Label)), Text.Count(c.Rows), Text.Of(c.Precision), Text.Of(c.Recall), Text.Of(c.F1));
        return table;
    }

    private static Table Confusion(EvaluationResult result)
    {
        Table table = Tables.Create([""], [.. result.Classes.Select(c => Markup.Escape(Text.Line(c.Label)))]);
        for (int row = 0; row < result.Classes.Count; row++)
            table.AddRow([Markup.Escape(Text.Line(result.Classes[row].Label)), .. result.Confusion[row].Select((count, column) => Cell(count, row == column))]);
        return table;
    }

    private static string Cell(long count, bool right) => (count, right) switch
    {
        (0, _) => "[dim].[/]",
        (_, true) => $"[green]{count}[/]",
        _ => $"[red]{count}[/]",
    };
}
