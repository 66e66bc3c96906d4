using System.CommandLine;
using System.Text.Json;
using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Plasticity;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>spiking predict: a line a row, with the most probable classes.</summary>
internal sealed class PredictCommand : ToolCommand
{
    private readonly ModelOption _model = ModelOption.Create();
    private readonly DataOptions _data = new(IdxSet.Test);
    private readonly Option<int?> _top = WordOption.Count("--top", "How many classes to name, the most probable first (default: 1).");
    private readonly Argument<string[]> _paths = new("PATH")
    {
        Description = "Image files of any size (PNG, JPEG, BMP, GIF, WebP) or a folder of them; or IDX images, a CSV, TSV, .idv, .h5 or .aedat4 file, or a "
            + "folder with MNIST's files, .bin or .aedat4 recordings.",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly Option<string[]> _pathsToo = new("--data", "-d")
    {
        Description = "The same as PATH, as other commands have it.",
        HelpName = "PATH",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    public PredictCommand(Terminal terminal)
        : base("predict", "Tells the class of images or rows: a line each, with its probability, or a JSON document a line.", terminal)
    {
        Arguments.Add(_paths);
        Options.Add(_model);
        Options.Add(_pathsToo);
        _data.AddDetailsTo(this);
        Options.Add(_top);
        _paths.Validators.Add(DataOptions.RefuseUnknownOptions);
        _pathsToo.Validators.Add(DataOptions.RefuseUnknownOptions);
        Validators.Add(result =>
        {
            if (result.GetResult(_paths) is not { Tokens.Count: > 0 } && result.GetResult(_pathsToo) is null)
                result.AddError("Required argument 'PATH' missing for command: 'predict'.");
        });
    }

    protected override ExitCode Run(CommandRun run)
    {
        MLContext ml = run.CreateContext(seed: 1);
        LoadedModel model = LoadedModel.Open(ml, run.Get(_model)!);
        Samples samples = Open(ml, _data.Read(run, [.. run.Get(_paths) ?? [], .. run.Get(_pathsToo) ?? []]), model, run.Remarks);
        IDataView scored = Scoring.Apply(ml, model, samples, run.Say);
        int top = run.Get(_top) ?? 1;
        long row = 0, unanswered = 0;
        foreach (float[] scores in scored.GetColumn<float[]>(model.Network.Model.Names.Score))
        {
            run.Cancel.ThrowIfCancellationRequested();
            PredictionLine line = PredictionLine.Of(row, samples.Names?[(int)row], scores, model.Classes, top);
            run.Terminal.Output.WriteLine(run.Json ? JsonSerializer.Serialize(line, ToolJson.Lines.PredictionLine) : line.ToString());
            if (line.Label is null) unanswered++;
            row++;
        }
        RateShift.Warn(ml, model, scored, run.Warn);
        if (unanswered > 0) run.Warn(Unanswered.Sentence(unanswered));
        return ExitCode.Done;
    }

    /// <summary>Image files, whatever they are called, go together; any other data is one path.</summary>
    private static Samples Open(MLContext ml, DataRequest request, LoadedModel model, Remarks remarks)
    {
        ImageSize size = request.Size ?? model.ImageSize ?? ImageSize.Digit;
        if (request.Paths is not [var only]) return ImageList.Open(ml, request.Paths, size, request.Tone);
        if (!Directory.Exists(only) || FolderImages.In(only) is not { Images: [_, ..] images } content)
            return DataSource.Open(ml, request, model.Needs, remarks);
        FolderImages.Tell(only, content.PassedOver, remarks.Say);
        return ImageList.Open(ml, images, size, request.Tone);
    }
}
