using System.CommandLine;
using System.Text.Json;
using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Ground;
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

    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "File to write the lines to, whole or not at all, instead of the terminal; of a part of the rows, the name that the parts' names are "
            + "made of: scores-0-of-8.tsv of scores.tsv.",
        HelpName = "FILE",
    };
    private readonly Option<ShardRequest?> _shard = WordOption.Create<ShardRequest>("--shard", "PART/PARTS",
        "Only a part of the rows, PART from 0 on, of so many: 0/8 to 7/8, whose lines together are those of all rows; auto/8, or auto under Slurm, for the "
            + "part that JOB_COMPLETION_INDEX or SLURM_ARRAY_TASK_ID names.", ShardRequest.Needed, ShardRequest.Parse);
    private readonly Option<bool> _force = new("--force") { Description = "Do a part again whose file is there already." };

    public PredictCommand(Terminal terminal)
        : base("predict", "Tells the class of images or rows: a line each, with its probability, or a JSON document a line.", terminal)
    {
        Arguments.Add(_paths);
        Options.Add(_model);
        Options.Add(_pathsToo);
        _data.AddDetailsTo(this);
        foreach (Option option in (Option[])[_top, _output, _shard, _force]) Options.Add(option);
        _paths.Validators.Add(DataOptions.RefuseUnknownOptions);
        _pathsToo.Validators.Add(DataOptions.RefuseUnknownOptions);
        Validators.Add(result =>
        {
            if (result.GetResult(_paths) is not { Tokens.Count: > 0 } && result.GetResult(_pathsToo) is null)
                result.AddError("Required argument 'PATH' missing for command: 'predict'.");
            if (result.GetValue(_force) && (result.GetResult(_shard) is null || result.GetResult(_output) is null))
                result.AddError($"{_force.Name} is of the files of parts; give {_shard.Name} and {_output.Name} too.");
        });
    }

    protected override ExitCode Run(CommandRun run)
    {
        Shard? shard = Part(run);
        string? output = run.Get(_output), path = output is null ? null : shard?.PathOf(output) ?? output;
        string[] read = [run.Get(_model)!, .. Paths(run)];
        if (path is not null)
        {
            WrittenFile.Apart(path, _output.Name, read);
            if (shard is not null && IsFinished(run, path, read)) return ExitCode.Done;
        }
        using SoleWriter? right = path is null ? null : Begin(output!, path);

        MLContext ml = run.CreateContext(seed: 1);
        LoadedModel model = LoadedModel.Open(ml, run.Get(_model)!);
        Samples samples = Open(ml, _data.Read(run, Paths(run)), model, run.Remarks);
        if (shard is { } part)
        {
            long all = samples.Count;
            samples = samples.Part(ml, part);
            run.Say($"{Text.Count(samples.Count)} of {Text.Count(all)} {samples.Unit}, from {samples.First} on.");
        }
        IDataView scored = Scoring.Apply(ml, model, samples, run.Say);
        IEnumerable<PredictionLine> lines = Lines(model, samples, scored, run.Get(_top) ?? 1);
        long unanswered = 0;
        if (path is null) unanswered = Write(run, lines, run.Terminal.Output);
        else WrittenFile.Guard(path, _output.Name, () => WholeFile.WriteText(path, writer => unanswered = Write(run, lines, writer)));
        RateShift.Warn(ml, model, scored, run.Warn);
        if (unanswered > 0) run.Warn(Unanswered.Sentence(unanswered));
        return ExitCode.Done;
    }

    private string[] Paths(CommandRun run) => [.. run.Get(_paths) ?? [], .. run.Get(_pathsToo) ?? []];

    /// <summary>The part that was asked for; null for all rows.</summary>
    private Shard? Part(CommandRun run)
    {
        string? variable = ShardRequest.Variable(Environment.GetEnvironmentVariable);
        if (run.Get(_shard) is not { } request)
        {
            // It may be of a job whose tasks have a file each.
            if (variable is not null) run.Say($"{variable} is set, but all rows are asked about; {_shard.Name} auto takes the part that it names.");
            return null;
        }
        Shard shard = request.Resolve(Environment.GetEnvironmentVariable);
        run.Say($"Part {shard.Index} of {shard.Count}, from 0{(request.Index is null ? $", by {variable}" : "")}.");
        return shard;
    }

    /// <summary>Whether a part was written by an earlier run, since the model and the data were.</summary>
    private bool IsFinished(CommandRun run, string path, IEnumerable<string> read)
    {
        if (!File.Exists(path) || run.Get(_force)) return false;
        DateTime written = File.GetLastWriteTimeUtc(path);
        if (read.FirstOrDefault(other => File.GetLastWriteTimeUtc(other) > written) is { } newer)
        {
            run.Say($"'{path}' is older than '{newer}', and is written anew.");
            return false;
        }
        run.Say($"'{path}' is there already, and is left as it is; {_force.Name} writes it anew.");
        return true;
    }

    /// <summary>Takes the right to write a file, and away what killed writers of it have left.</summary>
    private SoleWriter? Begin(string output, string path)
    {
        SoleWriter? right = null;
        WrittenFile.Guard(output, _output.Name, () =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            right = SoleWriter.Take(path)
                ?? throw Failure.Input($"'{path}' is being written by another process.", $"wait until it has ended, or name another file with {_output.Name}.");
            WholeFile.Sweep(path);
        });
        return right;
    }

    /// <summary>Writes all lines.</summary>
    /// <returns>How many of them say that there is no answer.</returns>
    private static long Write(CommandRun run, IEnumerable<PredictionLine> lines, TextWriter writer)
    {
        long unanswered = 0;
        using IEnumerator<PredictionLine> all = lines.GetEnumerator();
        while (Next(all))
        {
            run.Cancel.ThrowIfCancellationRequested();
            writer.WriteLine(run.Json ? JsonSerializer.Serialize(all.Current, ToolJson.Lines.PredictionLine) : all.Current.ToString());
            if (all.Current.Label is null) unanswered++;
        }
        return unanswered;
    }

    private static IEnumerable<PredictionLine> Lines(LoadedModel model, Samples samples, IDataView scored, int top)
    {
        long row = 0;
        foreach (float[] scores in scored.GetColumn<float[]>(model.Network.Model.Names.Score))
        {
            yield return PredictionLine.Of(samples.First + row, samples.Names?[(int)row], scores, model.Classes, top);
            row++;
        }
    }

    /// <summary>Reads on. What cannot be read is no fault of the file that is written.</summary>
    private static bool Next(IEnumerator<PredictionLine> lines)
    {
        try
        {
            return lines.MoveNext();
        }
        catch (Exception error) when (WrittenFile.IsOfDisk(error))
        {
            throw Failure.Of(error);
        }
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
