namespace Microsoft.ML.Spiking.Events;

/// <summary>Recordings that are files of their own.</summary>
/// <param name="name">Where they come from, as warnings call it.</param>
/// <param name="files">The recordings.</param>
/// <param name="options">How recordings become rows.</param>
/// <param name="read">What reads files of their kind.</param>
internal sealed class EventFolder(string name, RecordingFiles files, EventOptions options, Func<EventFolder, EventReader> read)
    : EventSource(name, options.Shape, files.Labelled ? EventClasses.Of(options.Classes, files.Files.Select(file => file.Class)) : null)
{
    public override int Rows => files.Files.Count;

    public string PathOf(int row) => files.PathOf(row);

    public override string SampleOf(int row) => files.Files[row].Path;

    public override uint KeyOf(int row) => Classes!.KeyOf(files.Files[row].Class);

    public override EventReader Read() => read(this);
}
