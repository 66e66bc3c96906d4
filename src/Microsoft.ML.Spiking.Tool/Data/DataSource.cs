namespace Microsoft.ML.Spiking.Tool;

/// <summary>Tells by its path what data is, and opens it.</summary>
internal static class DataSource
{
    /// <summary>The ending of a sound.</summary>
    public const string Wave = ".wav";

    private const string Kinds = "data is a folder with MNIST's IDX files, two IDX files, a folder with one subfolder of images or of .bin or .aedat4 "
        + "recordings a class, a .csv, .tsv, .idv, .h5 or .aedat4 file.";

    /// <summary>The way out of who gives recordings of sound.</summary>
    public const string OfSound = "the tool reads no sound: samples/Sound learns from WAV files, and docs/time.md tells how.";

    /// <summary>Labelled rows.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="request">What the user said.</param>
    /// <param name="needs">What the model takes.</param>
    /// <param name="remarks">Told what is left out and what was guessed.</param>
    public static Samples OpenLabelled(MLContext ml, DataRequest request, InputNeeds needs, Remarks remarks)
    {
        Samples samples = Open(ml, request, needs, remarks);
        return samples.Labelled
            ? samples with { View = LabelColumn.Normalise(ml, samples.View) }
            : throw Failure.Input($"'{request.Paths[0]}' holds no labels.",
                "give IDX images and labels as two paths, or name the label column of a text file with --label.");
    }

    /// <summary>Rows with or without labels.</summary>
    public static Samples Open(MLContext ml, DataRequest request, InputNeeds needs, Remarks remarks)
    {
        foreach (string path in request.Paths)
            if (!File.Exists(path) && !Directory.Exists(path))
                throw Failure.Input($"'{path}' does not exist.", "check the path; it is relative to the current folder.");
        if (request.Paths is [var images, var labels]) return NoEvents(request, IdxSource.Open(ml, images, labels));

        string only = request.Paths[0];
        ImageSize wanted = request.Size ?? needs.Size ?? ImageSize.Digit;
        if (Directory.Exists(only))
        {
            return EventRecordings.IsFolder(only) ? EventRecordings.OpenFolder(ml, only, request, needs)
                : EventRecordings.IsFolder(only, EventRecordings.Aedat) ? EventRecordings.OpenAedat(ml, only, request, needs)
                : NoEvents(request, IdxSource.TryOpenFolder(ml, only, request.Set) ?? ImageFolder.Open(ml, only, wanted, request.Tone, remarks.Say));
        }
        string extension = Path.GetExtension(only).ToLowerInvariant();
        return extension switch
        {
            EventRecordings.Aedat => EventRecordings.OpenAedat(ml, only, request, needs),
            ".h5" or ".hdf5" => EventRecordings.OpenHdf5(ml, only, request, needs),
            ".csv" or ".txt" or ".data" when AreEvents(request, needs) => EventRecordings.OpenTable(ml, only, ',', request, needs),
            ".tsv" or ".tab" when AreEvents(request, needs) => EventRecordings.OpenTable(ml, only, '\t', request, needs),
            _ => NoEvents(request, OpenFile(ml, only, extension, wanted, request, needs, remarks)),
        };
    }

    private static Samples OpenFile(MLContext ml, string only, string extension, ImageSize wanted, DataRequest request, InputNeeds needs, Remarks remarks)
        => extension switch
        {
            ".csv" or ".txt" or ".data" => TextSource.Open(ml, only, ',', request, needs, remarks),
            ".tsv" or ".tab" => TextSource.Open(ml, only, '\t', request, needs, remarks),
            ".idv" => BinarySource.Open(ml, only, needs),
            _ when ImageFile.Extensions.Contains(extension) => ImageList.Open(ml, [only], wanted, request.Tone),
            _ when IdxSource.IsImages(only) => IdxSource.Open(ml, only),
            _ => throw Failure.Input($"'{only}' is no data that this tool knows.", extension == Wave ? OfSound : Kinds),
        };

    /// <summary>Whether a table is one of events: its user says so, or its rows would be no spike trains, as the model takes them.</summary>
    private static bool AreEvents(DataRequest request, InputNeeds needs) => request.Events.Bin is not null || needs.SpikeTrain is not null;

    /// <summary>Refuses what was said of events where there are none.</summary>
    private static Samples NoEvents(DataRequest request, Samples samples)
        => request.Events.Given is { } option
            ? throw Failure.Usage($"{option} is for recordings of events, but the data are {samples.Source}.",
                $"leave it out, or give .bin or .aedat4 recordings, an .h5 file, or a table of events with {EventRequest.BinName}.")
            : samples;
}
