using Microsoft.ML.Spiking.Files;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Events;

/// <summary>
/// Recordings from a text file. Its last line may belong to its first recording, so that it is read once, and each spike kept in four bytes.
/// </summary>
internal sealed class EventTable : EventSource
{
    private readonly EventTableSample[] _samples;

    private EventTable(string path, EventTableOptions options, EventTableSample[] samples, bool labelled)
        : base(path, options.Shape, labelled ? EventClasses.Of(options.Classes, samples.Select(sample => sample.Class)) : null) => _samples = samples;

    public override int Rows => _samples.Length;

    /// <param name="path">The file.</param>
    /// <param name="options">How recordings become rows.</param>
    /// <param name="count">What became of its events.</param>
    public static EventTable Open(string path, EventTableOptions options, out EventCount count)
    {
        (EventTable table, count) = ForeignFile.Read(path, "a table of events", stream =>
        {
            using var lines = new EventTableLines(path, stream, options);
            var samples = new Dictionary<string, EventTableSample>(StringComparer.Ordinal);
            while (lines.MoveNext())
            {
                string name = lines.Sample;
                if (!samples.TryGetValue(name, out EventTableSample? sample)) samples.Add(name, sample = new EventTableSample(name, lines.Class));
                else if (sample.Class != lines.Class) throw lines.OtherClass(sample);
                if (!lines.IsSilent) sample.Add(lines.Ticks(), lines.Unit(), options.Shape);
            }
            if (samples.Count == 0) throw Trouble.Foreign.InvalidData($"'{path}' holds no event; below the line of names, each line is one.");
            if (lines.Labelled && options.Classes is null && samples.Values.All(sample => sample.Class.Length == 0))
            {
                throw Trouble.Foreign.InvalidData(
                    $"The column of classes of '{path}' is empty in all lines; fill it in, take it out, or state {nameof(options.Classes)}.");
            }

            var all = new EventCount();
            foreach (EventTableSample sample in samples.Values) sample.End(all);
            return (new EventTable(path, options, [.. samples.Values], lines.Labelled), all);
        });
        return table;
    }

    public override string SampleOf(int row) => _samples[row].Name;

    public override uint KeyOf(int row) => Classes!.KeyOf(_samples[row].Class);

    public override EventReader Read() => new Reader(_samples);

    private sealed class Reader(EventTableSample[] samples) : EventReader
    {
        public override EventCount? Count => null;

        public override ReadOnlySpan<int> Read(int row) => samples[row].Spikes;
    }
}
