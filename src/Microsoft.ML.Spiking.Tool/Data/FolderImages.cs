namespace Microsoft.ML.Spiking.Tool;

/// <summary>The images that lie in a folder itself, in the order of their names, and what else lies there and is passed over.</summary>
internal sealed record FolderImages(IReadOnlyList<string> Images, IReadOnlyList<string> PassedOver)
{
    // How many are called by their names.
    private const int Named = 3;

    // What systems leave in folders of images, thumbnails and forks of files in them.
    private static readonly HashSet<string> s_ofSystems =
        new(StringComparer.OrdinalIgnoreCase) { "__MACOSX", "@eaDir", "$RECYCLE.BIN", "System Volume Information", "__pycache__" };

    public static FolderImages In(string folder)
    {
        ILookup<bool, string> files = Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)
            .ToLookup(file => ImageFile.Extensions.Contains(Path.GetExtension(file)) && !IsHidden(file));
        return new FolderImages([.. files[true]], [.. files[false], .. Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)]);
    }

    /// <summary>Whether it is nothing of the user's: .ipynb_checkpoints, ._00.png, __MACOSX.</summary>
    public static bool IsHidden(string path) => Path.GetFileName(path) is var name
        && (name.StartsWith('.') || s_ofSystems.Contains(name) || File.GetAttributes(path).HasFlag(FileAttributes.Hidden));

    /// <summary>All that was passed over, in a line; nothing where that is nothing.</summary>
    public static void Tell(string folder, IReadOnlyList<string> passedOver, Action<string> say)
    {
        if (passedOver.Count == 0) return;
        string names = string.Join(", ", passedOver.Take(Named).Select(path => Path.GetRelativePath(folder, path)));
        string more = passedOver.Count > Named ? $" and {passedOver.Count - Named} more" : "";
        say($"{(passedOver.Count == 1 ? "1 file or folder is" : $"{passedOver.Count} files or folders are")} passed over, being hidden, no PNG, JPEG, BMP, "
            + $"GIF or WebP, or not where images are looked for: {names}{more}.");
    }
}
