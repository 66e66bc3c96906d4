using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Events;

/// <summary>Recordings that are files of their own: those of a folder with one subfolder a class, or of one that holds them itself, without labels.</summary>
internal sealed class RecordingFiles
{
    private readonly string _folder;

    private RecordingFiles(string folder, IReadOnlyList<(string Path, string Class)> files, bool labelled)
        => (_folder, Files, Labelled) = (folder, files, labelled);

    /// <summary>Their paths within the folder, and their classes' names; class by class, by their names.</summary>
    public IReadOnlyList<(string Path, string Class)> Files { get; }

    public bool Labelled { get; }

    /// <param name="folder">The folder.</param>
    /// <param name="extension">What the recordings' names end with, as in ".bin".</param>
    /// <param name="example">Such a folder that one may know, as the end of a sentence; empty for none.</param>
    /// <param name="warn">Is told what is passed over.</param>
    public static RecordingFiles In(string folder, string extension, string example, Action<string> warn)
    {
        string[] here = Recordings(folder, extension, out int other);
        var files = new List<(string Path, string Class)>();
        foreach (string sub in Directory.EnumerateDirectories(folder).Where(IsShown).Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(sub);
            files.AddRange(Recordings(sub, extension, out int others).Select(file => (Path.Combine(name, Path.GetFileName(file)), name)));
            other += others;
        }
        string advice = $"give a folder with one subfolder of {extension} recordings a class{example}";
        if (files.Count == 0 && here.Length == 0)
            throw Trouble.Foreign.InvalidData($"'{folder}' holds no {extension} recordings, nor do its subfolders; {advice}.");
        if (files.Count > 0 && here.Length > 0)
        {
            throw Trouble.Foreign.InvalidData(
                $"'{folder}' holds {here.Length} {extension} recordings beside subfolders of them, so that their class cannot be told; {advice}.");
        }
        if (other > 0) warn($"'{folder}': {other} {(other == 1 ? "file is" : "files are")} passed over, being no {extension} recording.");

        return files.Count > 0
            ? new RecordingFiles(folder, files, labelled: true)
            : new RecordingFiles(folder, [.. here.Select(file => (Path.GetFileName(file), ""))], labelled: false);
    }

    /// <summary>One recording, without a label.</summary>
    public static RecordingFiles Of(string path) => new(Path.GetDirectoryName(path) ?? "", [(Path.GetFileName(path), "")], labelled: false);

    public string PathOf(int row) => Path.Combine(_folder, Files[row].Path);

    /// <summary>The recordings that lie in a folder itself, by their names.</summary>
    private static string[] Recordings(string folder, string extension, out int other)
    {
        ILookup<bool, string> files = Directory.EnumerateFiles(folder).Where(IsShown)
            .ToLookup(file => Path.GetExtension(file).Equals(extension, StringComparison.OrdinalIgnoreCase));
        other = files[false].Count();
        return [.. files[true].Order(StringComparer.Ordinal)];
    }

    private static bool IsShown(string path) => !Path.GetFileName(path).StartsWith('.');
}
