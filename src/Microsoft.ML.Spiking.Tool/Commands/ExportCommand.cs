using System.CommandLine;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>spiking export: a trained network in another program's format, with rows that prove it.</summary>
internal sealed class ExportCommand : ToolCommand
{
    private const int DefaultRows = 16;

    private readonly ModelOption _model = ModelOption.Create();
    private readonly DataOptions _data = new(IdxSet.Test, required: false);
    private readonly Option<ExchangeFormat?> _format =
        WordOption.Choice<ExchangeFormat>("--format", $"The format: {ExchangeTarget.Words} (default: by the ending of --output).");
    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "The file to write; one that is there is replaced.",
        HelpName = "FILE",
        Required = true,
    };
    private readonly Option<double?> _timeStep = TimeStepOption.Create();
    private readonly Option<bool> _loop = new("--loop")
    {
        Description = "Write the time steps of ONNX as a loop (default: where there are more than 128), which loads sooner; not every program runs loops.",
    };
    private readonly Option<int?> _rows =
        WordOption.Count("--rows", $"Rows of --data whose spikes and answers the file carries as its proof (default: {DefaultRows}).");
    private readonly Option<int?> _spikes =
        WordOption.Count("--spike-tolerance", "Spikes that a row of the proof may have more or fewer in the file's own run (default: 0).", least: 0);

    public ExportCommand(Terminal terminal)
        : base("export", "Writes a network for other programs, as ONNX, NIR, PyTorch or safetensors, with golden rows that prove what the file does.", terminal)
    {
        Options.Add(_model);
        foreach (Option option in (Option[])[_format, _output, _timeStep, _loop]) Options.Add(option);
        _data.AddTo(this);
        foreach (Option option in (Option[])[_rows, _spikes]) Options.Add(option);
        Validators.Add(result =>
        {
            foreach (Option option in (Option[])[_rows, _spikes])
                if (result.GetResult(option) is not null && result.GetResult(_data.Data) is null)
                    result.AddError($"{option.Name} is of golden rows, which are taken from --data; give that too.");
        });
    }

    protected override ExitCode Run(CommandRun run)
    {
        ExchangeTarget target = ExchangeTarget.Of(run.Get(_output)!, run.Get(_format), _output.Name);
        double timeStep = TimeStepOption.Of(run, _timeStep, target.Format);
        bool isOnnx = target.Format == ExchangeFormat.Onnx;
        if (run.Get(_loop) && !isOnnx)
            throw Failure.Usage($"{_loop.Name} is of ONNX, but the file is of {target.Format}.", $"leave {_loop.Name} out.");
        WrittenFile.Try(target.Path, _output.Name);
        WrittenFile.Apart(target.Path, _output.Name, [run.Get(_model), .. run.Get(_data.Data) ?? []]);
        MLContext ml = run.CreateContext(seed: 1);
        LoadedModel model = LoadedModel.Open(ml, run.Get(_model)!);
        bool isBefore = true;
        foreach (ITransformer step in model.Steps)
        {
            string name = step.GetType().Name;
            if (ReferenceEquals(step, model.Network)) isBefore = false;
            // Labels are no part of a prediction; any other step changes what the network reads.
            else if (isBefore && step is not ValueToKeyMappingTransformer)
                run.Warn($"The model's step {name} stays here: the file is the network alone, and reads rows on which the step was done before.");
            else run.Say($"The model's step {name} stays here: the file is the network alone.");
        }

        GoldenRows? golden = run.Has(_data.Data) ? Golden(ml, run, model) : null;
        if (golden is null) run.Warn("The file carries no golden rows, so that nobody can tell whether it computes the same elsewhere; give rows with --data.");
        SpikingNetworkTransformer network = run.Get(_loop) ? OnnxFile.InLoop(ml, model.Stored) : model.Stored;
        if (isOnnx) run.Say($"The graph {(OnnxFile.IsLoop(network) ? "has a loop over" : "spells out")} {network.Model.Steps} time steps.");
        GoldenResult? proof = target.Write(ml, network, golden, timeStep, run.Warn, _output.Name, run.Cancel);
        if (proof is { IsKept: false })
            throw Failure.Gate(
                $"'{target.Path}' was not written: run as {target.Format} it does not do what the network does ({proof.FirstDifference}; {proof})",
                $"a membrane may be within rounding of its threshold: take other rows, or allow {proof.ChangedSpikes} with {_spikes.Name}.");
        run.Answer(new WrittenExport(Path.GetFullPath(target.Path), target.Format, new FileInfo(target.Path).Length, proof?.Rows ?? 0, proof?.ChangedSpikes),
            ToolJson.Documents.WrittenExport, (export, terminal) => terminal.Output.WriteLine(Text.Line(export.Path)));
        if (proof is not null) run.Say(proof.ToString());
        return ExitCode.Done;
    }

    private GoldenRows Golden(MLContext ml, CommandRun run, LoadedModel model)
    {
        Samples samples = DataSource.Open(ml, _data.Read(run), model.Needs, run.Remarks);
        IDataView rows = Scoring.Prepare(ml, model, samples, run.Say);
        GoldenRows golden = GoldenRows.Of(model.Network.Model, rows, run.Get(_rows) ?? DefaultRows, model.Network.FeatureColumnName);
        if (golden.Rows.All(row => row.Spikes.All(layer => layer.All(spikes => spikes == 0))))
            run.Warn("No neuron fires in any golden row, so that any other silent network keeps them too; take rows that the network answers to.");
        return golden with { SpikeTolerance = run.Get(_spikes) ?? 0 };
    }
}

/// <summary>A file that was written for another program.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Format">What it is.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="GoldenRows">Rows that it carries as its proof.</param>
/// <param name="ChangedSpikes">Spikes that its own run has more or fewer in them; null where there are none.</param>
internal sealed record WrittenExport(string Path, ExchangeFormat Format, long Bytes, int GoldenRows, long? ChangedSpikes);
