namespace Microsoft.ML.Spiking.Events;

/// <summary>What a row of spikes is: its steps, and the ticks of 100 ns that each of them takes.</summary>
internal readonly record struct EventShape(int Steps, int Units, long BinTicks)
{
    /// <summary>What ML.NET's vectors can hold.</summary>
    public const int MostCells = int.MaxValue;

    public int Cells => Steps * Units;

    /// <summary>A time in ticks; beyond all of them where it is beyond what ticks count.</summary>
    /// <param name="time">A finite number.</param>
    /// <param name="ticksPerUnit">Ticks of a time of 1.</param>
    public static long Ticks(double time, double ticksPerUnit) => Math.Round(time * ticksPerUnit) switch
    {
        >= long.MaxValue => long.MaxValue,
        <= long.MinValue => long.MinValue,
        var ticks => (long)ticks,
    };

    /// <summary>The place of a spike, [time, unit]; -1 where it comes after the last step.</summary>
    public int CellOf(long ticks, int unit) => ticks / BinTicks is var step && step < Steps ? (int)step * Units + unit : -1;
}
