using System.Diagnostics;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>Medians: the machines are noisy.</summary>
internal static class Timing
{
    /// <summary>Median, shortest and longest time in milliseconds, after one run to warm up.</summary>
    /// <param name="runs">How many are timed.</param>
    /// <param name="action">What is timed.</param>
    /// <param name="prepare">Runs before each, and is not timed.</param>
    public static (double Median, double Minimum, double Maximum) Of(int runs, Action action, Action? prepare = null)
    {
        prepare?.Invoke();
        action();
        var times = new double[runs];
        for (int i = 0; i < runs; i++)
        {
            prepare?.Invoke();
            long start = Stopwatch.GetTimestamp();
            action();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        Array.Sort(times);
        return (times[runs / 2], times[0], times[^1]);
    }

    /// <summary>Prints a line and returns the median.</summary>
    public static double Print(string what, int runs, Action action, Action? prepare = null)
    {
        var (median, minimum, maximum) = Of(runs, action, prepare);
        Console.WriteLine($"{what,-76} {median,9:F1} ms   ({minimum:F1} to {maximum:F1}, {runs} runs)");
        return median;
    }
}
