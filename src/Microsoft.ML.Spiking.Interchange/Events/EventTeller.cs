using System.Globalization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Spiking.Events;

/// <summary>Says what was left out of recordings, as a warning of ML.NET's log; the same is not said again by every pass.</summary>
internal sealed class EventTeller(IHostEnvironment env, string name, EventShape shape)
{
    private readonly IHost _host = env.Register("Events");
    private readonly Lock _lock = new();
    private long _told;

    /// <summary>A note on the data as a whole.</summary>
    public void Warn(string sentence)
    {
        using IChannel channel = _host.Start("Loading");
        channel.Warning(MessageSensitivity.None, sentence);
    }

    /// <summary>The end of a pass, or of a part of one.</summary>
    public void Tell(EventCount count)
    {
        lock (_lock)
        {
            if (count.Late <= _told) return;
            _told = count.Late;
        }
        Warn(string.Create(CultureInfo.InvariantCulture, $"'{name}': {count.Late} of {count.Events} events, in {count.Cut} of {count.Recordings} recordings, "
            + $"come after the last of {shape.Steps} steps of {shape.BinTicks / (double)TimeSpan.TicksPerMillisecond} ms and are left out"
            + $"{Remedy(count.Latest)}."));
    }

    private string Remedy(long latest) => latest / shape.BinTicks + 1 is var steps && steps * shape.Units <= EventShape.MostCells && steps <= int.MaxValue
        ? string.Create(CultureInfo.InvariantCulture, $"; {steps} steps would hold them all")
        : "";
}
