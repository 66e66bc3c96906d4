namespace Microsoft.ML.Spiking.Events;

/// <summary>The events of one recording.</summary>
internal struct EventTally
{
    public long Events { get; private set; }

    /// <summary>Events that came after the last step.</summary>
    public long Late { get; private set; }

    /// <summary>The time of the last event, in ticks.</summary>
    public long Latest { get; private set; }

    public void Take(long ticks, bool late)
    {
        Events++;
        if (late) Late++;
        Latest = Math.Max(Latest, ticks);
    }
}
