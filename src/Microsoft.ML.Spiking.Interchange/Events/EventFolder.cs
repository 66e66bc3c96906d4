using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Events;

/// <summary>A folder of .bin recordings as N-MNIST and N-Caltech101 have them, one subfolder a class; or one that holds recordings without labels.</summary>
internal sealed class EventFolder : EventSource
{
    /// <summary>The y of what is no event, but says that the camera's timer began again.</summary>
    public const int TimerOverflow = 240;

    private const string Pattern = ".bin", Advice = "give a folder with one subfolder of .bin recordings a class, as N-MNIST's Train and Test are";

    private readonly string _folder;
    private readonly (string Path, string Class)[] _files;

    private EventFolder(string folder, (string Path, string Class)[] files, EventFolderOptions options, EventClasses? classes)
        : base(folder, options.Shape, classes) => (_folder, _files, Options) = (folder, files, options);

    public EventFolderOptions Options { get; }

    public override int Rows => _files.Length;

    /// <param name="folder">The folder.</param>
    /// <param name="options">How recordings become rows.</param>
    /// <param name="warn">Is told what is passed over.</param>
    public static EventFolder Open(string folder, EventFolderOptions options, Action<string> warn)
    {
        string[] here = Recordings(folder, out int other);
        var files = new List<(string Path, string Class)>();
        foreach (string sub in Directory.EnumerateDirectories(folder).Where(IsShown).Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(sub);
            files.AddRange(Recordings(sub, out int others).Select(file => (Path.Combine(name, Path.GetFileName(file)), name)));
            other += others;
        }
        if (files.Count == 0 && here.Length == 0)
            throw Trouble.Foreign.InvalidData($"'{folder}' holds no .bin recordings, nor do its subfolders; {Advice}.");
        if (files.Count > 0 && here.Length > 0)
        {
            throw Trouble.Foreign.InvalidData(
                $"'{folder}' holds {here.Length} .bin recordings beside subfolders of them, so that their class cannot be told; {Advice}.");
        }
        if (other > 0) warn($"'{folder}': {other} {(other == 1 ? "file is" : "files are")} passed over, being no .bin recording.");

        return files.Count > 0
            ? new EventFolder(folder, [.. files], options, EventClasses.Of(options.Classes, files.Select(file => file.Class)))
            : new EventFolder(folder, [.. here.Select(file => (Path.GetFileName(file), ""))], options, classes: null);
    }

    public string PathOf(int row) => Path.Combine(_folder, _files[row].Path);

    public override string SampleOf(int row) => _files[row].Path;

    public override uint KeyOf(int row) => Classes!.KeyOf(_files[row].Class);

    public override EventReader Read() => new EventFolderReader(this);

    /// <summary>The recordings that lie in a folder itself, by their names.</summary>
    private static string[] Recordings(string folder, out int other)
    {
        ILookup<bool, string> files = Directory.EnumerateFiles(folder).Where(IsShown)
            .ToLookup(file => Path.GetExtension(file).Equals(Pattern, StringComparison.OrdinalIgnoreCase));
        other = files[false].Count();
        return [.. files[true].Order(StringComparer.Ordinal)];
    }

    private static bool IsShown(string path) => !Path.GetFileName(path).StartsWith('.');
}
