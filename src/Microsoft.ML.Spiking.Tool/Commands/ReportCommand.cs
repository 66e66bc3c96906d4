using System.CommandLine;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>spiking report: all there is to see of a model, in one HTML file.</summary>
internal sealed class ReportCommand : ToolCommand
{
    private readonly ModelOption _model = ModelOption.Create();
    private readonly DataOptions _data = new(IdxSet.Test);
    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "The file to write; one that is there is replaced.",
        HelpName = "FILE",
        DefaultValueFactory = _ => "report.html",
    };
    private readonly Option<string?> _title = new("--title") { Description = "The report's heading.", HelpName = "TEXT" };
    private readonly Option<int?> _rows = WordOption.Count("--rows", "Rows to look at, the first ones (default: all).");

    public ReportCommand(Terminal terminal) : base("report", "Writes what a model learnt and does into one HTML file, to be opened in a browser.", terminal)
    {
        Options.Add(_model);
        _data.AddTo(this);
        foreach (Option option in (Option[])[_output, _title, _rows]) Options.Add(option);
    }

    protected override ExitCode Run(CommandRun run)
    {
        string path = run.Get(_output)!;
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            throw Failure.Input($"The folder '{folder}' does not exist.", "make it, or choose another file with --output.");

        WrittenFile.Try(path, _output.Name);
        MLContext ml = run.CreateContext(seed: 1);
        LoadedModel model = LoadedModel.Open(ml, run.Get(_model)!);
        Samples samples = DataSource.OpenLabelled(ml, _data.Read(run), model.Needs, run.Remarks);
        run.Say($"Looking at {model.Path} with {samples.Source}.");
        IDataView rows = new LabelledRows(run.Cancel).Of(ml, Scoring.Prepare(ml, model, Scoring.WithModelsLabels(ml, model, samples), run.Say));
        string label = model.Network.Model.Names.Label;
        if (label != Samples.Label) rows = ml.Transforms.CopyColumns(label, Samples.Label).Fit(rows).Transform(rows);

        SpikingReportOptions options = new() { MaximumRows = run.Get(_rows) };
        ReportContent content = SpikingReport.Look(model.Network, rows, run.Get(_title) is { Length: > 0 } title ? options with { Title = title } : options);
        WrittenFile.Guard(path, _output.Name, () => SpikingReport.Write(path, content));
        if (content.Summary.Unscored > 0) run.Warn(Unanswered.Sentence(content.Summary.Unscored));
        run.Answer(new WrittenReport(Path.GetFullPath(path), new FileInfo(path).Length), ToolJson.Documents.WrittenReport,
            (report, terminal) => terminal.Output.WriteLine(Text.Line(report.Path)));
        return ExitCode.Done;
    }
}

/// <summary>A report that was written.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Bytes">Its size.</param>
internal sealed record WrittenReport(string Path, long Bytes);
