using System.CommandLine;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>spiking verify: whether a file does what it promises.</summary>
internal sealed class VerifyCommand : ToolCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "The file, of ONNX, NIR, PyTorch or safetensors.", HelpName = "FILE" };
    private readonly Option<ExchangeFormat?> _format =
        WordOption.Choice<ExchangeFormat>("--format", $"Its format: {ExchangeTarget.Words} (default: by its ending).");
    private readonly Option<double?> _timeStep = TimeStepOption.Create();
    private readonly Option<string?> _model = new("--model", "-m")
    {
        Description = "The model.zip that it was made of: it is compared with that on all rows of --data, and not on the rows that it carries.",
        HelpName = "FILE",
    };
    private readonly DataOptions _data = new(IdxSet.Test, required: false);
    private readonly Option<int?> _spikes =
        WordOption.Count("--spike-tolerance", "Spikes that a row of --data may have more or fewer (default: as the file promises, else 0).", least: 0);

    public VerifyCommand(Terminal terminal)
        : base("verify", "Runs a file by its format's own rules on the golden rows that it carries, and counts changed spikes and labels; ends with 4 where it "
            + "breaks them.", terminal)
    {
        Arguments.Add(_file);
        foreach (Option option in (Option[])[_format, _timeStep, _model]) Options.Add(option);
        _data.AddTo(this);
        Options.Add(_spikes);
        Validators.Add(result =>
        {
            if (result.GetResult(_model) is null != (result.GetResult(_data.Data) is null))
                result.AddError("--model and --data go together: the rows, and the network to compare with.");
            if (result.GetResult(_spikes) is not null && result.GetResult(_data.Data) is null)
                result.AddError($"{_spikes.Name} is of rows of --data; a file's own rows say what they tolerate.");
        });
    }

    protected override ExitCode Run(CommandRun run)
    {
        ExchangeTarget file = ExchangeTarget.Of(run.Get(_file)!, run.Get(_format), "FILE");
        double timeStep = TimeStepOption.Of(run, _timeStep, file.Format);
        file.RequireFile();
        using ForeignNetwork network = ForeignNetwork.Open(file, timeStep);
        GoldenResult result = (run.Get(_model) is { } path ? OfData(run, path, network) : network.Check())
            ?? throw Failure.Input($"'{file.Path}' carries no golden rows.",
                "write it with 'spiking export --data', or compare it with its model by --model and --data.");
        run.Answer(new Verification(file.Path, file.Format, result.IsKept, result.Rows, result.BrokenRows,
                result.ComparedSpikes ? result.ChangedSpikes : null, result.ComparedLabels ? result.ChangedLabels : null,
                result.ComparedScores ? result.LargestScoreDifference : null, result.FirstDifference),
            ToolJson.Documents.Verification, (_, terminal) => terminal.Output.WriteLine(Text.Line(result.ToString())));
        if (result.IsKept) return ExitCode.Done;
        run.Warn($"The promise is broken, first by {result.FirstDifference}.");
        return ExitCode.Gate;
    }

    private GoldenResult OfData(CommandRun run, string path, ForeignNetwork network)
    {
        MLContext ml = run.CreateContext(seed: 1);
        LoadedModel model = LoadedModel.Open(ml, path);
        IDataView rows = Scoring.Prepare(ml, model, DataSource.Open(ml, _data.Read(run), model.Needs, run.Remarks), run.Say);
        GoldenRows golden = GoldenRows.Of(model.Network.Model, rows, int.MaxValue, model.Network.FeatureColumnName);
        if (network.Golden is { } carried) golden = golden with { ScoreTolerance = carried.ScoreTolerance, SpikeTolerance = carried.SpikeTolerance };
        if (run.Get(_spikes) is { } tolerance) golden = golden with { SpikeTolerance = tolerance };
        return network.Check(golden, model.Network.Model);
    }
}

/// <summary>What a file did with its golden rows.</summary>
/// <param name="Path">The file.</param>
/// <param name="Format">Its format.</param>
/// <param name="Kept">Whether it does what it promises.</param>
/// <param name="Rows">Rows shown.</param>
/// <param name="BrokenRows">Rows that came out otherwise, beyond what is tolerated.</param>
/// <param name="ChangedSpikes">Spikes more or fewer; null where the file tells none.</param>
/// <param name="ChangedLabels">Rows of another class; null where it tells none.</param>
/// <param name="LargestScoreDifference">How far a score was off; null where it tells none.</param>
/// <param name="FirstDifference">The first broken row; null where there is none.</param>
internal sealed record Verification(
    string Path, ExchangeFormat Format, bool Kept, int Rows, int BrokenRows, long? ChangedSpikes, int? ChangedLabels, float? LargestScoreDifference,
    string? FirstDifference);
