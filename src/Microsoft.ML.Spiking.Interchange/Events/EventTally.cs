namespace Microsoft.ML.Spiking.Events;

/// <summary>The events of one recording.</summary>
internal struct EventTally
{
    public long Events { get; private set; }

    /// <summary>Events that came after the last step.</summary>
    public long Late { get; private set; }

    /// <summary>The time of the first event, in ticks, where there is one.</summary>
    public long Earliest { get; private set; }

    /// <summary>The time of the last event, in ticks.</summary>
    public long Latest { get; private set; }

    public void Take(long ticks, bool late)
    {
        Earliest = Events == 0 ? ticks : Math.Min(Earliest, ticks);
        Events++;
        if (late) Late++;
        Latest = Math.Max(Latest, ticks);
    }
}
