namespace Microsoft.ML.Spiking.Tool;

/// <summary>Tells by its path what data is, and opens it.</summary>
internal static class DataSource
{
    private const string Kinds = "data is a folder with MNIST's IDX files, two IDX files, a folder with one subfolder of images a class, a .csv, .tsv or "
        + ".idv file.";

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
        if (request.Paths is [var images, var labels]) return IdxSource.Open(ml, images, labels);

        string only = request.Paths[0];
        ImageSize wanted = request.Size ?? needs.Size ?? ImageSize.Digit;
        if (Directory.Exists(only))
            return IdxSource.TryOpenFolder(ml, only, request.Set) ?? ImageFolder.Open(ml, only, wanted, request.Tone, remarks.Say);
        return Path.GetExtension(only).ToLowerInvariant() switch
        {
            ".csv" or ".txt" or ".data" => TextSource.Open(ml, only, ',', request, needs, remarks),
            ".tsv" or ".tab" => TextSource.Open(ml, only, '\t', request, needs, remarks),
            ".idv" => BinarySource.Open(ml, only),
            var extension when ImageFile.Extensions.Contains(extension) => ImageList.Open(ml, [only], wanted, request.Tone),
            _ when IdxSource.IsImages(only) => IdxSource.Open(ml, only),
            _ => throw Failure.Input($"'{only}' is no data that this tool knows.", Kinds),
        };
    }
}
