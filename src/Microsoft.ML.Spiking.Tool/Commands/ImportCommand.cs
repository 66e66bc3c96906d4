using System.CommandLine;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Hosting;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>spiking import: a network in another program's format, as a model.zip.</summary>
internal sealed class ImportCommand : ToolCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "The file, of NIR, PyTorch or safetensors.", HelpName = "FILE" };
    private readonly Option<ExchangeFormat?> _format =
        WordOption.Choice<ExchangeFormat>("--format", $"Its format: {ExchangeTarget.Words} (default: by its ending).");
    private readonly Option<double?> _timeStep = TimeStepOption.Create();
    private readonly Option<string?> _like = new("--like")
    {
        Description = "A model.zip whose input the network reads: its code, scales, time steps and classes, which a NIR file does not say.", HelpName = "FILE",
    };
    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "The model.zip to write; one that is there is replaced.",
        HelpName = "FILE",
        DefaultValueFactory = _ => "model.zip",
    };

    public ImportCommand(Terminal terminal)
        : base("import", "Makes a model.zip of a network in another program's format; a file that carries golden rows has to keep them.", terminal)
    {
        Arguments.Add(_file);
        foreach (Option option in (Option[])[_format, _output, _timeStep, _like]) Options.Add(option);
    }

    protected override ExitCode Run(CommandRun run)
    {
        ExchangeTarget file = ExchangeTarget.Of(run.Get(_file)!, run.Get(_format), "FILE");
        string path = run.Get(_output)!;
        double timeStep = TimeStepOption.Of(run, _timeStep, file.Format);
        if (run.Has(_like) && file.Format != ExchangeFormat.Nir)
            throw Failure.Usage($"{_like.Name} says what a NIR file leaves open, but the file is of {file.Format}.", $"leave {_like.Name} out.");
        WrittenFile.Try(path, _output.Name);
        WrittenFile.Apart(path, _output.Name, file.Path, run.Get(_like));
        MLContext ml = run.CreateContext(seed: 1);
        SpikingNetworkTransformer? like = run.Get(_like) is { } likePath ? LoadedModel.Open(ml, likePath).Network : null;
        SpikingNetworkTransformer network = file.Read(ml, OfNir(like, timeStep), new PyTorchOptions(), out GoldenRows? golden);
        // By their names it finds features that come in another order, and by the width of a step it refuses recordings of another.
        if (like is not null && like.Model.Input.Features == network.Model.Input.Features)
            network = new(MLNet.Environment(ml.Model), network.Model with
            {
                FeatureNames = like.Model.FeatureNames,
                BinWidth = network.Model.BinWidth ?? like.Model.BinWidth,
            }, network.Outputs);
        if (golden?.Check(network.Model) is { } result)
        {
            if (!result.IsKept)
                throw Failure.Gate($"'{file.Path}' does not do what it promises here ({result.FirstDifference}; {result})",
                    file.Format == ExchangeFormat.Nir ? $"say by {_like.Name} which model.zip reads the same input, and by {_timeStep.Name} what a step is."
                        : "ask whoever wrote it; nothing was written.");
            run.Say(result.ToString());
        }
        else
        {
            run.Warn($"'{file.Path}' carries no golden rows, so that nobody can tell whether the model computes the same as where it came from"
                + (file.Format == ExchangeFormat.Nir ? $"; nor does NIR say what it is shown: {_like.Name} and {_timeStep.Name} do." : "."));
        }
        DataViewSchema schema = new FeatureColumn(network).Empty(ml).Schema;
        WrittenFile.Guard(path, _output.Name, () => WholeFile.Write(path, stream => ml.Model.Save(network, schema, stream)));
        run.Answer(new ImportedModel(Path.GetFullPath(path), file.Format, golden?.Rows.Length ?? 0), ToolJson.Documents.ImportedModel,
            (model, terminal) => terminal.Output.WriteLine(Text.Line(model.Path)));
        return ExitCode.Done;
    }

    private static NirNetworkOptions OfNir(SpikingNetworkTransformer? like, double timeStep)
    {
        var options = new NirNetworkOptions { TimeStep = timeStep };
        if (like is null) return options;
        return options with
        {
            TimeSteps = like.Model.Steps, IsSpikeTrain = like.Model.Input.IsSpikeTrain, Dimensions = like.Model.Input.Dimensions,
            Code = like.Model.Network.ChosenCode, EvaluationCode = like.Model.Network.EvaluationCode, Standardisation = like.Model.Standardisation,
            ClassNames = like.ClassNames, FeatureColumnName = like.FeatureColumnName,
        };
    }
}

/// <summary>A model that came of another program's file.</summary>
/// <param name="Path">The model.zip.</param>
/// <param name="Format">What it came from.</param>
/// <param name="GoldenRows">Rows on which it does what the file promises.</param>
internal sealed record ImportedModel(string Path, ExchangeFormat Format, int GoldenRows);
