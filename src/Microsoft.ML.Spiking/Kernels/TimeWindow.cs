namespace Microsoft.ML.Spiking.Kernels;

/// <summary>Where the windows are that a row's own time steps are cut into: as long as each other, as nearly as whole steps allow.</summary>
internal static class TimeWindow
{
    /// <param name="length">The row's steps.</param>
    /// <param name="windows">How many windows.</param>
    /// <param name="window">Which, from 0.</param>
    public static (int Start, int End) Of(int length, int windows, int window)
        => ((int)((long)length * window / windows), (int)((long)length * (window + 1) / windows));

    /// <summary>The first of a row's windows that holds a step of it, where there are more windows than steps.</summary>
    /// <param name="length">The row's steps.</param>
    /// <param name="windows">How many windows.</param>
    public static int First(int length, int windows) => length == 0 ? 0 : (windows - 1) / length;

    /// <summary>
    /// Up to where a readout that reads on has read in a window: to its end, and where that is before the row's first step, to the end of that.
    /// </summary>
    /// <param name="length">The row's steps.</param>
    /// <param name="windows">How many windows.</param>
    /// <param name="window">Which, from 0.</param>
    public static int Seen(int length, int windows, int window) => Math.Min(length, Math.Max(1, Of(length, windows, window).End));
}
