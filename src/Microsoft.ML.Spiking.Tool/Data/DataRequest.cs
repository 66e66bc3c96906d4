namespace Microsoft.ML.Spiking.Tool;

/// <summary>What a user said about data.</summary>
/// <param name="Paths">One path, or two: IDX images and their labels.</param>
/// <param name="Set">Which set of an IDX folder.</param>
/// <param name="Label">The column of a text file with the class; null for the one that is called so.</param>
/// <param name="Size">The size that images are brought to; null for the model's, else MNIST's.</param>
/// <param name="Tone">What in an image is of high intensity.</param>
internal sealed record DataRequest(IReadOnlyList<string> Paths, IdxSet Set, string? Label, ImageSize? Size, ImageTone Tone)
{
    /// <summary>Columns of a text file to leave out, by name or number.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>What was said of events.</summary>
    public EventRequest Events { get; init; } = EventRequest.None;

    /// <summary>The same, for the command line of one who has a model, and so the size of its images.</summary>
    public IEnumerable<string> Words => ["--data", .. Paths, .. IsTrainingSet ? (string[])["--set", "train"] : [],
        .. Label is null ? [] : (string[])["--label", Label], .. Ignored.SelectMany(column => (string[])["--ignore", column]), .. ReadingWords];

    /// <summary>How images and events are read; of a camera of events its size too, which no model tells.</summary>
    public IEnumerable<string> ReadingWords =>
        [.. Tone is ImageTone.DarkOnLight ? (string[])["--invert"] : [], .. Events.Words,
            .. Events.Bin is not null && Size is { } size ? (string[])["--size", size.ToString()] : []];

    // Other commands look at the test set unless told otherwise.
    private bool IsTrainingSet => Set is IdxSet.Train && Paths is [var folder] && Directory.Exists(folder) && IdxSource.HasSet(folder, IdxSet.Train);
}
