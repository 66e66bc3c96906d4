namespace Microsoft.ML.Spiking.Events;

/// <summary>Recordings in a fixed order: what is known of them without reading their events.</summary>
/// <param name="name">Where they come from, as warnings call it.</param>
/// <param name="shape">The rows that they become.</param>
/// <param name="classes">Their classes; null where they have no labels.</param>
internal abstract class EventSource(string name, EventShape shape, EventClasses? classes)
{
    public string Name => name;

    public EventShape Shape => shape;

    public EventClasses? Classes => classes;

    public abstract int Rows { get; }

    /// <summary>Whether a recording can be read as fast wherever the last one was.</summary>
    public virtual bool CanShuffle => true;

    /// <summary>What a recording is called.</summary>
    public abstract string SampleOf(int row);

    /// <summary>The key of a recording's class; 0 where it has none.</summary>
    public abstract uint KeyOf(int row);

    /// <summary>What reads recordings, for one pass over them.</summary>
    public abstract EventReader Read();
}
