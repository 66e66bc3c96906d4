using System.CommandLine;
using Microsoft.ML.Spiking.Plasticity;
using Microsoft.ML.Spiking.Fitting;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>What `train` takes. What is not said comes from --config, then from the checkpoint of --resume, then from the preset.</summary>
internal sealed class TrainOptions
{
    public const string ResumeName = "--resume", FillMissingName = "--fill-missing", OutputName = "--output", OutputLetter = "-o",
        TensorBoardName = "--tensorboard";

    private readonly DataOptions _data = new(IdxSet.Train);
    private readonly Option<string[]> _test = new("--test")
    {
        Description = "Labelled data, as for --data, to measure the finished model on (default: the test set of an IDX folder).", HelpName = "PATH",
        Arity = new ArgumentArity(1, 2), AllowMultipleArgumentsPerToken = true,
    };
    private readonly Option<string> _output = new(OutputName, OutputLetter)
    {
        Description = "The model to write; a .run.json comes beside it.",
        HelpName = "FILE",
        DefaultValueFactory = _ => "model.zip",
    };
    private readonly Option<Preset?> _preset =
        WordOption.Choice<Preset>("--preset", "The network to begin with: default, best (for images, minutes) or reference (as published).");
    private readonly Option<string?> _config = new("--config")
    {
        Description = "Options in a JSON file: a model's .run.json, or only what is to differ. The command line goes before it.",
        HelpName = "FILE",
    };
    private readonly Option<string?> _resume = new(ResumeName)
    {
        Description = "A checkpoint to go on from, on the same data; its options hold where none are given.",
        HelpName = "FILE",
    };
    private readonly Option<string?> _checkpoint = new("--checkpoint")
    {
        Description = "Where to leave what is needed to go on, at every epoch and interruption (default: beside the model, until training is complete).",
        HelpName = "FILE",
    };
    private readonly Option<TimeSpan?> _maximumTime =
        WordOption.Create<TimeSpan>("--max-time", "TIME", "Training time after which to end, as in 90s, 15m, 2h or 1:30:00.",
        "a time above 0, as in 90s, 15m, 2h or 1:30:00", word => DurationText.Parse(word) is { } time && time > TimeSpan.Zero ? time : null);
    private readonly Option<TrainingDevice?> _device = DeviceText.Option("Where to train: cpu (the default), or cuda:N where the tool was built for a GPU.");
    private readonly Option<string?> _tensorBoard = new(TensorBoardName) { Description = "A folder for TensorBoard's event files.", HelpName = "DIR" };
    private readonly NetworkOptions _network = new();

    public Option<bool> FillMissing { get; } = new(FillMissingName)
    {
        Description = "Put the column's mean where a number is missing; the model does so too when it is asked.",
    };

    public Option<bool> DryRun { get; } = new("--dry-run") { Description = "Only say how large the network is and what a prediction takes." };

    public Option<bool> Mpi { get; } = new("--mpi")
    {
        Description = "Train with the other processes that mpirun has started; the first of them reports and writes.",
    };

    public static Option<bool> NoProgress { get; } = new("--no-progress") { Description = "One line an epoch instead of a live table." };

    public void AddTo(System.CommandLine.Command command)
    {
        _test.Validators.Add(DataOptions.RefuseUnknownOptions);
        command.Options.Add(_data.Data);
        foreach (Option option in (Option[])[_test, _output, _preset]) command.Options.Add(option);
        _network.AddTo(command);
        foreach (Option option in (Option[])[_maximumTime, _device, _checkpoint, _resume, _config, _tensorBoard, Mpi, FillMissing, DryRun, NoProgress])
            command.Options.Add(option);
        _data.AddDetailsTo(command);
    }

    /// <exception cref="Failure">What was asked cannot be.</exception>
    public TrainPlan Read(CommandRun run)
    {
        string output = run.Get(_output)!;
        var checkpoint = run.Get(_checkpoint) is { } kept
            ? new CheckpointTarget(kept, CheckpointUse.Kept)
            : new CheckpointTarget(Path.ChangeExtension(output, ".checkpoint"), CheckpointUse.UntilComplete);
        TrainingCommunicator? world = run.Get(Mpi) ? World() : null;
        var shared = new SharedTraining(world);
        Checkpoint? from = run.Get(_resume) is { } path ? Open(path, shared) : null;
        SpikingNetworkOptions options = Preset(run, from);
        if (run.Get(_config) is { } config) options = OptionsFile.Read(config, options);
        options = _network.Apply(run, options) with
        {
            Device = run.Get(_device) ?? options.Device,
            FeatureColumnName = Samples.Features,
            LabelColumnName = Samples.Label,
            ProgressInterval = Math.Min(options.ProgressInterval, 10),
            MaximumTime = run.Get(_maximumTime),
            CheckpointPath = checkpoint.Path,
            ResumeFrom = from?.Path,
            Communicator = world,
            OnCancel = OnCancel.ReturnBestSoFar,
            CancellationToken = run.Cancel,
        };
        options = options with { Seed = shared.OfFirst(options.Seed ?? from?.Header.Seed ?? Random.Shared.Next()) };
        Check(options, from);
        DataRequest data = _data.Read(run);
        return new TrainPlan(options, data, Test(run, data), output, checkpoint, run.Get(_tensorBoard), [.. run.Words]);
    }

    private SpikingNetworkOptions Preset(CommandRun run, Checkpoint? from) => run.Get(_preset) switch
    {
        Tool.Preset.Best => SpikingNetworkOptions.Best,
        Tool.Preset.Reference => SpikingNetworkOptions.Reference,
        null when from is not null => OptionsFile.Over(new SpikingNetworkOptions(), from),
        _ => new SpikingNetworkOptions(),
    };

    private DataRequest? Test(CommandRun run, DataRequest data)
    {
        if (run.Get(_test) is { Length: > 0 } paths) return data with { Paths = paths, Set = IdxSet.Test };
        return data is { Paths: [var folder], Set: IdxSet.Train } && Directory.Exists(folder) && IdxSource.HasSet(folder, IdxSet.Test)
            ? data with { Set = IdxSet.Test }
            : null;
    }

    private static MpiCommunicator World()
    {
        try
        {
            return MpiCommunicator.World;
        }
        catch (InvalidOperationException absent)
        {
            throw Failure.Input(absent.Message, "'spiking train' without --mpi trains in this process alone.", absent);
        }
    }

    private static Checkpoint? Open(string path, SharedTraining shared)
    {
        try
        {
            return shared.Resumed(path);
        }
        catch (FileNotFoundException)
        {
            throw Failure.Input($"The checkpoint '{path}' does not exist.", $"check the path, or leave {ResumeName} out to start afresh.");
        }
        catch (InvalidDataException damage)
        {
            throw Failure.Input(damage.Message, $"take another checkpoint, or leave {ResumeName} out to start afresh.", damage);
        }
    }

    private static void Check(SpikingNetworkOptions options, Checkpoint? from)
    {
        try
        {
            options.Check();
            from?.CheckOptions(options);
        }
        catch (ArgumentException refusal)
        {
            throw Failure.Usage(refusal.Message, from is null
                ? "'spiking train --help' lists the options."
                : $"leave --preset, --config and the network's options out, and {ResumeName} takes the checkpoint's own.");
        }
    }
}
