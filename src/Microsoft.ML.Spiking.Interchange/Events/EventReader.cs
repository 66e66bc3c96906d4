namespace Microsoft.ML.Spiking.Events;

/// <summary>Reads recordings, one after the other, in any order.</summary>
internal abstract class EventReader : IDisposable
{
    /// <summary>What became of the events that it has read; null where the source has told of them when it was loaded.</summary>
    public abstract EventCount? Count { get; }

    /// <summary>The places of a recording's spikes, ascending. They stand until the next is read.</summary>
    /// <exception cref="InvalidDataException">The recording is damaged, or has units that are not there.</exception>
    public abstract ReadOnlySpan<int> Read(int row);

    public virtual void Dispose() { }
}
