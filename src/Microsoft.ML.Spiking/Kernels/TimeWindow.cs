namespace Microsoft.ML.Spiking.Kernels;

/// <summary>Where the windows are that a row's own time steps are cut into: as long as each other, as nearly as whole steps allow.</summary>
internal static class TimeWindow
{
    /// <param name="length">The row's steps.</param>
    /// <param name="windows">How many windows.</param>
    /// <param name="window">Which, from 0.</param>
    public static (int Start, int End) Of(int length, int windows, int window)
        => ((int)((long)length * window / windows), (int)((long)length * (window + 1) / windows));
}
