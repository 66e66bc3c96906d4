using System.Globalization;
using Spectre.Console;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>A model's description for the eye.</summary>
internal static class ModelTable
{
    private const int MostEpochs = 12;

    public static void Draw(ModelDescription model, Terminal terminal)
    {
        TextWriter lines = terminal.Output;
        lines.WriteLine($"model       {Text.Line(model.Path)}, {Text.Count(model.Bytes)} bytes");
        lines.WriteLine($"format      {model.Format}, saved by ML.NET {model.MLNet}");
        lines.WriteLine($"pipeline    {string.Join(" > ", model.Pipeline)}");
        lines.WriteLine($"input       {Text.Line(Columns(model.Input))}");
        lines.WriteLine($"output      {Text.Line(Columns(model.Output))}");
        string names = Text.Line(string.Join(", ", model.Classes.Take(20)));
        lines.WriteLine($"classes     {model.Classes.Count}: {names}{(model.Classes.Count > 20 ? ", ..." : "")}");
        string each = model.StepMilliseconds is { } width ? FormattableString.Invariant($" of {width} ms") : "";
        lines.WriteLine(
            $"shown       for {model.TimeSteps} steps{each}; {model.Code} in training, {model.Evaluation} when predicting; columns learn by {model.Learning}");
        lines.WriteLine();
        terminal.Results.Write(Layers(model));
        lines.WriteLine();
        DrawTraining(model, terminal);
        lines.WriteLine();
        terminal.Results.Write(Entries(model));
    }

    private static void DrawTraining(ModelDescription model, Terminal terminal)
    {
        (TrainingDescription training, TrainingProvenance origin, TextWriter lines) = (model.Training, model.Provenance, terminal.Output);
        lines.WriteLine($"trained     {training.Epochs} "
            + $"{(training.Epochs == 1 ? "epoch" : "epochs")}{(training.BestEpoch is { } best ? $", of which the model is that of {best}" : "")}, "
            + $"{Text.Count(training.Batches)} batches on {Text.Count(training.Rows)} rows, seed {training.Seed}");
        lines.WriteLine(FormattableString.Invariant(
            $"finished    {origin.Finished:yyyy-MM-dd HH:mm} UTC after {origin.Duration.TotalSeconds:0.0} s on {origin.Device}"));
        string engine = origin.Torch is { } torch ? $"TorchSharp {torch}" : "managed code";
        lines.WriteLine($"with        Microsoft.ML.Spiking {origin.Library.Split('+')[0]}, {engine}, {origin.Runtime}");
        if (training.ValidationAccuracy is { } accuracy) lines.WriteLine($"accuracy    {Text.Of(accuracy)} on the rows that training was measured on");
        lines.WriteLine(
            $"spike rate  {Text.Of(training.SpikeRate)} per neuron and step; {Text.Count(training.StructuralChanges)} connections formed or pruned");
        if (training.History.Count > 0) terminal.Results.Write(Epochs(training.History));
    }

    private static Table Layers(ModelDescription model)
    {
        Table table = Tables.Create(["layer", "shape"], ["parameters"]).AddColumn("");
        foreach (LayerDescription layer in model.Layers) table.AddRow(layer.Name, string.Join(" x ", layer.Shape), Text.Count(layer.Parameters), layer.Remark);
        return table.AddRow("all", "", Text.Count(model.Parameters), "");
    }

    /// <summary>The epochs, the last among them; of many, some.</summary>
    private static Table Epochs(IReadOnlyList<EpochRecord> history)
    {
        Table table = Tables.Create([], ["epoch", "loss", "training", "measured", "spike rate", "density", "formed", "pruned"]);
        int every = (history.Count + MostEpochs - 1) / MostEpochs;
        foreach (EpochRecord e in history.Where((_, i) => (history.Count - 1 - i) % every == 0))
            table.AddRow([Number(e.Epoch), Text.Of(e.Loss), Text.Of(e.Accuracy), Text.Of(e.ValidationAccuracy), Text.Of(e.SpikeRate),
                Text.Of(e.ConnectionDensity), Number(e.Formed), Number(e.Pruned)]);
        return table;
    }

    private static Table Entries(ModelDescription model)
    {
        Table table = Tables.Create(["entry"], ["bytes", "in the zip"]);
        foreach (ArchiveEntry entry in model.Entries)
            table.AddRow(Markup.Escape(Text.Line(entry.Name)), Text.Count(entry.Bytes), Text.Count(entry.PackedBytes));
        return table;
    }

    private static string Columns(IReadOnlyList<ColumnDescription> columns)
        => columns.Count == 0 ? "-" : string.Join(", ", columns.Select(column => $"{column.Name} {column.Type}"));

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
