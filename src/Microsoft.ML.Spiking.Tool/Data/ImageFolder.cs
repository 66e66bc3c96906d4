namespace Microsoft.ML.Spiking.Tool;

/// <summary>A folder with one subfolder a class; the images are decoded when a pass comes to them.</summary>
internal static class ImageFolder
{
    private static readonly EnumerationOptions s_ofFolders = new()
    {
        RecurseSubdirectories = true, MaxRecursionDepth = 1, MatchCasing = MatchCasing.CaseInsensitive,
    };

    public static Samples Open(MLContext ml, string folder, ImageSize size, ImageTone tone, Action<string> say)
    {
        ILookup<bool, string> folders = Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal).ToLookup(FolderImages.IsHidden);
        (string Class, FolderImages Content)[] all = [.. folders[false].Select(sub => (Path.GetFileName(sub), FolderImages.In(sub)))];
        (string Class, string File)[] files = [.. all.SelectMany(sub => sub.Content.Images, (sub, file) => (sub.Class, file))];
        if (files.Length == 0)
            throw Failure.Input($"'{folder}' holds neither IDX files nor subfolders with images.",
                Directory.EnumerateFiles(folder, $"*{DataSource.Wave}", s_ofFolders).Any()
                    ? DataSource.OfSound
                    : "give MNIST's four IDX files, or one subfolder a class with PNG, JPEG, BMP, GIF or WebP images.");

        IReadOnlyList<string> classes = LabelColumn.Sorted(files.Select(image => image.Class).Distinct());
        if (classes.Count < 2) throw Failure.Input($"'{folder}' holds images of one class alone, {classes[0]}.", "give one subfolder a class, two at least.");
        IEnumerable<string> empty = all.Where(sub => sub.Content.Images.Count == 0).Select(sub => Path.Combine(folder, sub.Class));
        FolderImages.Tell(folder, [.. folders[true], .. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal), .. empty,
            .. all.SelectMany(sub => sub.Content.PassedOver)], say);

        var keys = classes.Select((name, index) => (name, key: (uint)index)).ToDictionary(pair => pair.name, pair => pair.key);
        return new Samples(Load(0, files.Length), $"{files.Length} images of {classes.Count} classes, at {size.Width} x {size.Height}",
            [.. files.Select(image => image.File)])
        {
            Rows = files.Length,
            Cut = Load,
        };

        IDataView Load(long first, long rows) => ml.Data.LoadFromEnumerable(
            files.Skip((int)first).Take((int)rows)
                .Select(image => new ImageRow { Features = ImageFile.Read(image.File, size, tone), Label = keys[image.Class] }),
            ImageRow.Schema(size, classes));
    }
}
