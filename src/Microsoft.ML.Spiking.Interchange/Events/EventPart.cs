namespace Microsoft.ML.Spiking.Events;

/// <summary>Some of the recordings of a source.</summary>
/// <param name="source">All of them.</param>
/// <param name="first">The first that is taken.</param>
/// <param name="rows">How many are.</param>
internal sealed class EventPart(EventSource source, int first, int rows) : EventSource(source.Name, source.Shape, source.Classes)
{
    public override int Rows => rows;

    public override bool CanShuffle => source.CanShuffle;

    public override string SampleOf(int row) => source.SampleOf(first + row);

    public override uint KeyOf(int row) => source.KeyOf(first + row);

    public override EventReader Read() => new Reader(source.Read(), first);

    private sealed class Reader(EventReader all, int first) : EventReader
    {
        public override EventCount? Count => all.Count;

        public override ReadOnlySpan<int> Read(int row) => all.Read(first + row);

        public override void Dispose()
        {
            all.Dispose();
            base.Dispose();
        }
    }
}
