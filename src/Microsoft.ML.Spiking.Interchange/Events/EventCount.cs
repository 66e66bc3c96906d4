namespace Microsoft.ML.Spiking.Events;

/// <summary>What became of the events of some recordings.</summary>
internal sealed class EventCount
{
    public long Recordings { get; private set; }

    public long Events { get; private set; }

    /// <summary>Events that came after the last step.</summary>
    public long Late { get; private set; }

    /// <summary>Recordings that have such events.</summary>
    public long Cut { get; private set; }

    /// <summary>The time of the first event, in ticks, where there is one.</summary>
    public long Earliest { get; private set; }

    /// <summary>The time of the last event, in ticks.</summary>
    public long Latest { get; private set; }

    public void Add(EventTally recording)
    {
        if (recording.Events > 0) Earliest = Events == 0 ? recording.Earliest : Math.Min(Earliest, recording.Earliest);
        Recordings++;
        Events += recording.Events;
        Late += recording.Late;
        if (recording.Late > 0) Cut++;
        Latest = Math.Max(Latest, recording.Latest);
    }
}
