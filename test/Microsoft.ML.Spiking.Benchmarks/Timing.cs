using System.Diagnostics;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>Medians: the machines are noisy.</summary>
internal static class Timing
{
    /// <summary>Median, shortest and longest time in milliseconds, after one run to warm up.</summary>
    public static (double Median, double Minimum, double Maximum) Of(int runs, Action action)
    {
        action();
        var times = new double[runs];
        for (int i = 0; i < runs; i++)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        Array.Sort(times);
        return (times[runs / 2], times[0], times[^1]);
    }

    public static double Print(string what, int runs, Action action)
    {
        var (median, minimum, maximum) = Of(runs, action);
        Console.WriteLine($"{what,-58} {median,9:F1} ms   ({minimum:F1} to {maximum:F1}, {runs} runs)");
        return median;
    }
}
