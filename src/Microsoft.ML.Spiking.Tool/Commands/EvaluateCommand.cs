using System.CommandLine;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>spiking evaluate: how well a model does on labelled data, and a gate for build servers.</summary>
internal sealed class EvaluateCommand : ToolCommand
{
    private const int Top = 3;

    private readonly ModelOption _model = ModelOption.Create();
    private readonly DataOptions _data = new(IdxSet.Test);
    private readonly Option<double?> _minimum = WordOption.Fraction("--min-accuracy",
        "The least fraction of rows that must be classified rightly, 0 to 1; below it, or where a row gets no answer, the exit code is 4.");
    private readonly Option<int?> _top = WordOption.Count("--top", $"Also say how often the class is among the N most probable (default: {Top}).");

    private readonly Option<bool> _curve = new("--curve")
    {
        Description = "Also say how accuracy grows with what a row costs, time step by time step.",
    };

    public EvaluateCommand(Terminal terminal) : base("evaluate", "Measures a model on labelled data: accuracy, loss and confusion.", terminal)
    {
        Options.Add(_model);
        _data.AddTo(this);
        Options.Add(_minimum);
        Options.Add(_top);
        Options.Add(_curve);
    }

    protected override ExitCode Run(CommandRun run)
    {
        MLContext ml = run.CreateContext(seed: 1);
        LoadedModel model = LoadedModel.Open(ml, run.Get(_model)!);
        Samples samples = DataSource.OpenLabelled(ml, _data.Read(run), model.Needs, run.Remarks);
        run.Say($"Evaluating {model.Path} on {samples.Source}.");
        EvaluationResult result = Evaluation.Measure(ml, model, samples, run.Get(_top) ?? Top, run, run.Get(_curve));
        run.Answer(result, ToolJson.Documents.EvaluationResult, EvaluationTable.Draw);

        if (run.Get(_minimum) is not { } minimum) return ExitCode.Done;
        if (result.Unanswered > 0)
            throw Failure.Gate($"{Text.Count(result.Unanswered)} of {Text.Count(result.Rows + result.Unanswered)} rows got no answer, and --min-accuracy "
                + "demands one of each.", "fill in what is missing, or train without the column (--ignore).");
        if (result.MicroAccuracy >= minimum) return ExitCode.Done;
        throw Failure.Gate($"The accuracy is {Text.Of(result.MicroAccuracy)}, below the {Text.Of(minimum)} that --min-accuracy demands.",
            "train longer or on more data, or lower the demand.");
    }
}
