namespace Microsoft.ML.Spiking.Samples.Mnist;

/// <summary>A folder with the four files, each plain or packed with gzip.</summary>
internal static class DigitFolder
{
    private const int MostNamesListed = 8;

    /// <summary>The four files of a folder that the user named; an error where one is missing.</summary>
    /// <param name="namedBy">What named the folder, for the user to know where to mend it: "--data", say.</param>
    public static DigitFiles Open(string folder, string namedBy)
    {
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException(
                $"{namedBy} names the folder '{folder}', which does not exist. " + WayOut(namedBy));

        string[] missing = [.. MnistFile.All.Where(file => Find(folder, file) is null).Select(file => file.Name)];
        if (missing.Length > 0)
            throw new FileNotFoundException(
                $"{namedBy} names the folder '{folder}', which lacks {string.Join(", ", missing)} "
                + $"(looked for with and without .gz, also spelt like {MnistFile.TrainImages.Spellings.ElementAt(2)}). "
                + $"{WhatIsIn(folder)} {WayOut(namedBy)}");

        return TryOpen(folder, $"The digits are those in {Path.GetFullPath(folder)}, which {namedBy} names.")!;
    }

    /// <summary>The four files of a folder, or null where one is missing.</summary>
    public static DigitFiles? TryOpen(string folder, string description)
        => Find(folder, MnistFile.TrainImages) is { } trainImages
        && Find(folder, MnistFile.TrainLabels) is { } trainLabels
        && Find(folder, MnistFile.TestImages) is { } testImages
        && Find(folder, MnistFile.TestLabels) is { } testLabels
            ? new DigitFiles(trainImages, trainLabels, testImages, testLabels, description)
            : null;

    /// <summary>The path of one file in whichever spelling the folder has it, or null.</summary>
    public static string? Find(string folder, MnistFile file)
        => file.Spellings.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private static string WayOut(string namedBy)
        => $"Name a folder that holds {string.Join(", ", MnistFile.All.Select(file => file.Name))} (each may end in .gz), "
        + $"or do without {namedBy}: MNIST is then downloaded.";

    private static string WhatIsIn(string folder)
    {
        string[] names = [.. Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        if (names.Length == 0)
            return "It is empty.";

        string listed = string.Join(", ", names.Take(MostNamesListed));
        return names.Length > MostNamesListed
            ? $"It holds {listed} and {names.Length - MostNamesListed} more."
            : $"It holds {listed}.";
    }
}
