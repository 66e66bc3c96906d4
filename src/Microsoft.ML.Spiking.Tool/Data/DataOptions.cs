using System.CommandLine;
using System.CommandLine.Parsing;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>The options by which a command is told of its data.</summary>
internal sealed class DataOptions
{
    private readonly IdxSet _defaultSet;

    /// <param name="defaultSet">Which of an IDX folder's sets the command is for.</param>
    /// <param name="required">Whether the command cannot do without data.</param>
    public DataOptions(IdxSet defaultSet, bool required = true)
    {
        Data.Required = required;
        _defaultSet = defaultSet;
        Set = WordOption.Choice<IdxSet>("--set", $"Which set of an IDX folder: train or test (default: {defaultSet.ToString().ToLowerInvariant()}).");
        Data.Validators.Add(RefuseUnknownOptions);
    }

    public Option<string[]> Data { get; } = new("--data", "-d")
    {
        Description = "A folder with MNIST's four IDX files (.gz or not), two IDX files (images, labels), a folder of images with one subfolder a class, "
            + "a CSV or TSV file, or an .idv file as ml.Data.SaveAsBinary writes; of events, with --bin: a folder of .bin (N-MNIST) or .aedat4 (DV) recordings "
            + "with one subfolder a class, an .h5 file (SHD), or a CSV or TSV file with the columns sample, time, unit and label.",
        HelpName = "PATH",
        Arity = new ArgumentArity(1, 2),
        AllowMultipleArgumentsPerToken = true,
    };

    public Option<IdxSet?> Set { get; }

    public Option<string?> Label { get; } = new("--label")
    {
        Description = "Column with the class in a CSV or TSV file: its name, or its number from 0 (default: the model's, else the one called Label, Class, "
            + "Target or Species, else the only one of words).",
        HelpName = "COLUMN",
    };

    public Option<string[]> Ignore { get; } = new("--ignore")
    {
        Description = "Column of a CSV or TSV file to leave out, an index say: its name, or its number from 0. May be given several times.",
        HelpName = "COLUMN", Arity = ArgumentArity.OneOrMore,
    };

    public Option<ImageSize?> Size { get; } =
        WordOption.Create("--size", "WxH",
            "Size that images are brought to, WIDTHxHEIGHT (default: the model's, else 28x28); of a camera of events, its own "
                + "(default: 34x34 of .bin, what the file says of .aedat4).",
            $"a width and a height of 1 to {ImageSize.Largest}, as in 28x28", ImageSize.TryParse);

    public Option<bool> Invert { get; } = new("--invert")
    {
        Description = "Images are dark strokes on light paper. A bright pixel is a high intensity, as in MNIST; with this a dark one is.",
    };

    public Option<TimeSpan?> Bin { get; } = WordOption.Create<TimeSpan>(EventRequest.BinName, "TIME",
        "How long a time step of recordings of events is, as in 10ms (default: the model's); a table is one of events where this is given.",
        TimeText.Needed, TimeText.Parse);

    public Option<int?> Bins { get; } = WordOption.Count(EventRequest.BinsName, "Time steps of a recording of events (default: the model's).");

    public Option<int?> Units { get; } = WordOption.Count(EventRequest.UnitsName, "Units of recordings of events (default: the model's; of an .h5 file, 700).");

    public Option<TimeSpan?> TimeUnit { get; } = WordOption.Create<TimeSpan>(EventRequest.TimeUnitName, "TIME",
        "How long a time of 1 is in a table of events (default: 1s).", TimeText.Needed, TimeText.Parse);

    public Option<int?> Stream { get; } =
        WordOption.Count(EventRequest.StreamName, "Which stream of .aedat4 recordings (default: the only one of events).", least: 0);

    public void AddTo(System.CommandLine.Command command)
    {
        command.Options.Add(Data);
        AddDetailsTo(command);
    }

    /// <summary>All but --data itself, for commands that take their data as arguments.</summary>
    public void AddDetailsTo(System.CommandLine.Command command)
    {
        foreach (Option option in (Option[])[Set, Label, Ignore, Size, Invert, Bin, Bins, Units, TimeUnit, Stream]) command.Options.Add(option);
    }

    public DataRequest Read(CommandRun run) => Read(run, run.Get(Data) ?? []);

    public DataRequest Read(CommandRun run, IReadOnlyList<string> paths)
        => new(paths, run.Get(Set) ?? _defaultSet, run.Get(Label), run.Get(Size), run.Get(Invert) ? ImageTone.DarkOnLight : ImageTone.LightOnDark)
        {
            Ignored = run.Get(Ignore) ?? [],
            Events = new EventRequest(run.Get(Bin), run.Get(Bins), run.Get(Units), run.Get(TimeUnit), run.Get(Stream)),
        };

    /// <summary>Where any number of paths may stand, an option that nobody knows is taken for one of them.</summary>
    public static void RefuseUnknownOptions(SymbolResult paths)
    {
        if (paths.Tokens.FirstOrDefault(token => token.Value.StartsWith('-') && !Path.Exists(token.Value)) is { } unknown)
            paths.AddError($"Unrecognized command or argument '{unknown.Value}'.");
    }
}
