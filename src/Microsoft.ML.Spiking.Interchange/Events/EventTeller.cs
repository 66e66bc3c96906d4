using System.Globalization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Spiking.Events;

/// <summary>Says what was left out of recordings, as a warning of ML.NET's log; the same is not said again by every pass.</summary>
/// <param name="env">Whose log it is.</param>
/// <param name="name">Where the recordings come from.</param>
/// <param name="shape">The rows that they become.</param>
/// <param name="unit">How to say what their times are in, as the start of an advice: "give Unit, or "; empty where the format has it.</param>
internal sealed class EventTeller(IHostEnvironment env, string name, EventShape shape, string unit = "")
{
    private readonly IHost _host = env.Register("Events");
    private readonly Lock _lock = new();
    private long _told;
    private bool _toldOfFirst;

    /// <summary>A note on the data as a whole.</summary>
    public void Warn(string sentence)
    {
        using IChannel channel = _host.Start("Loading");
        channel.Warning(MessageSensitivity.None, sentence);
    }

    /// <summary>The end of a pass, or of a part of one.</summary>
    /// <param name="count">What became of the events.</param>
    /// <param name="whole">Whether these are all recordings.</param>
    public void Tell(EventCount count, bool whole)
    {
        bool first, late;
        lock (_lock)
        {
            // A recording of one event has it first, and is no sign of anything.
            first = whole && !_toldOfFirst && shape.Steps > 1 && count.Events > count.Recordings && count.Latest < shape.BinTicks;
            late = count.Late > _told;
            _toldOfFirst |= first;
            _told = Math.Max(_told, count.Late);
        }
        if (first)
        {
            Warn($"'{name}': all {Number(count.Events)} events fall into the first of {Steps}, the last of them at {Time(count.Latest)}; {unit}take "
                + "shorter steps.");
        }
        if (!late) return;
        Warn(whole && count.Late == count.Events
            ? $"'{name}': all {Number(count.Events)} events come after the last of {Steps}, the first of them at {Time(count.Earliest)}, and are left out, "
                + $"so that no row has a spike; {unit}take more or longer steps{Remedy(count.Latest)}."
            : $"'{name}': {Number(count.Late)} of {Number(count.Events)} events, in {Number(count.Cut)} of {Number(count.Recordings)} recordings, come "
                + $"after the last of {Steps} and are left out{Remedy(count.Latest)}.");
    }

    private string Steps => $"{Number(shape.Steps)} steps of {Time(shape.BinTicks)}";

    private static string Time(long ticks) => string.Create(CultureInfo.InvariantCulture, $"{ticks / (double)TimeSpan.TicksPerMillisecond} ms");

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private string Remedy(long latest) => latest / shape.BinTicks + 1 is var steps && steps * shape.Units <= EventShape.MostCells && steps <= int.MaxValue
        ? $"; {Number(steps)} steps would hold them all"
        : "";
}
