using System.Text;
using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Events;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>Recordings of events: folders of .bin or .aedat4 files, HDF5 files of spikes, and tables of one event a line.</summary>
internal static class EventRecordings
{
    private const string Advice = "give the width of a time step with --bin, as in --bin 10ms.";

    /// <summary>What AEDAT4 recordings' names end with.</summary>
    public const string Aedat = ".aedat4";

    /// <summary>Whether a folder, or one of its subfolders, holds recordings whose names end so, and no image beside them.</summary>
    public static bool IsFolder(string folder, string extension = ".bin")
    {
        string[] folders = [folder, .. Directory.EnumerateDirectories(folder)];
        return folders.Any(sub => Directory.EnumerateFiles(sub, '*' + extension, new EnumerationOptions { MatchCasing = MatchCasing.CaseInsensitive }).Any())
            && !folders.Any(sub => Directory.EnumerateFiles(sub).Any(file => ImageFile.Extensions.Contains(Path.GetExtension(file))));
    }

    /// <param name="ml">The context.</param>
    /// <param name="folder">N-MNIST's Train, say.</param>
    /// <param name="request">What the user said.</param>
    /// <param name="needs">What the model takes.</param>
    public static Samples OpenFolder(MLContext ml, string folder, DataRequest request, InputNeeds needs) => Describe(named: true, () =>
    {
        Refuse(request.Events with { Bin = null, Bins = null }, ".bin recordings");
        var options = new EventFolderOptions { BinWidth = Bin(folder, request, needs), Steps = Bins(folder, request, needs) };
        if (request.Size is { } size) options = options with { Width = size.Width, Height = size.Height };
        return ml.Data.LoadFromEventFolder(folder, options);
    });

    /// <summary>The same of AEDAT4 recordings: a folder of them, or one.</summary>
    public static Samples OpenAedat(MLContext ml, string path, DataRequest request, InputNeeds needs) => Describe(named: true, () =>
    {
        Refuse(request.Events with { Bin = null, Bins = null, Stream = null }, ".aedat4 recordings");
        var options = new EventAedatOptions
        {
            BinWidth = Bin(path, request, needs), Steps = Bins(path, request, needs), Stream = request.Events.Stream,
        };
        return ml.Data.LoadFromEventAedat(path, request.Size is { } size ? options with { Width = size.Width, Height = size.Height } : options);
    });

    /// <summary>The same of an HDF5 file of SHD's layout.</summary>
    public static Samples OpenHdf5(MLContext ml, string path, DataRequest request, InputNeeds needs) => Describe(named: false, () =>
    {
        Refuse(request.Events with { Bin = null, Bins = null, Units = null }, "an .h5 file");
        var options = new EventHdf5Options { BinWidth = Bin(path, request, needs), Steps = Bins(path, request, needs) };
        return ml.Data.LoadFromEventHdf5(path, (request.Events.Units ?? needs.SpikeTrain?.Units) is { } units ? options with { Units = units } : options);
    });

    /// <summary>The same of a text file.</summary>
    public static Samples OpenTable(MLContext ml, string path, char separator, DataRequest request, InputNeeds needs) => Describe(named: true, () =>
    {
        Refuse(request.Events with { Bin = null, Bins = null, Units = null, TimeUnit = null }, "a table of events");
        var options = new EventTableOptions
        {
            BinWidth = Bin(path, request, needs), Steps = Bins(path, request, needs), LabelColumnName = request.Label,
            Separator = Separator.Find(new CsvFile(path, separator, Encoding.Latin1)).Separator,   // which reads any bytes, and the ASCII among them rightly
            Units = request.Events.Units ?? needs.SpikeTrain?.Units
                ?? throw Failure.Usage($"How many units '{path}' has was not said.",
                    $"give it with {EventRequest.UnitsName}: the largest number in the column of units, and 1 more."),
        };
        return ml.Data.LoadFromEventTable(path, request.Events.TimeUnit is { } unit ? options with { TimeUnit = unit } : options);
    });

    /// <summary>Refuses what is left of what the user said, as the kind of data has no use for it.</summary>
    private static void Refuse(EventRequest left, string kind)
    {
        if (left.Given is { } option) throw Failure.Usage($"{option} says nothing of {kind}.", "leave it out.");
    }

    private static TimeSpan Bin(string path, DataRequest request, InputNeeds needs) => (request.Events.Bin, needs.BinWidth) switch
    {
        ({ } said, { } trained) when said != trained => throw Failure.Usage(
            $"{EventRequest.BinName} is {TimeText.Of(said)}, but the model was trained on time steps of {TimeText.Of(trained)}.",
            $"leave {EventRequest.BinName} out: the model knows it."),
        (null, null) => throw Failure.Usage($"'{path}' holds recordings of events, but how long a time step is was not said.", Advice),
        var (said, trained) => (said ?? trained)!.Value,
    };

    private static int Bins(string path, DataRequest request, InputNeeds needs)
        => request.Events.Bins ?? needs.SpikeTrain?.Steps
            ?? throw Failure.Usage($"How many time steps a recording of '{path}' has was not said.",
                $"give it with {EventRequest.BinsName}: the longest recording, by the width of a step.");

    /// <param name="named">Whether recordings have names of their own.</param>
    /// <param name="load">Loads them.</param>
    private static Samples Describe(bool named, Func<IDataView> load)
    {
        IDataView view;
        try
        {
            view = load();
        }
        catch (ArgumentException refusal)
        {
            throw Failure.Usage(refusal.Message, $"see {EventRequest.BinName}, {EventRequest.BinsName} and {EventRequest.UnitsName} in the command's --help.");
        }
        var type = (VectorDataViewType)view.Schema[Samples.Features].Type;
        return new Samples(view, $"{Text.Count(view.GetRowCount() ?? 0)} recordings of {type.Dimensions[1]} units in {type.Dimensions[0]} steps",
            named ? [.. view.GetColumn<string>("Sample")] : null)
        {
            Cut = ((EventDataView)view).Part,
        };
    }
}
