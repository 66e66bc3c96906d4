namespace Microsoft.ML.Spiking.Tool;

/// <summary>Times of one thing, done again and again.</summary>
/// <param name="Name">The thing.</param>
/// <param name="Median">The median time, in milliseconds.</param>
/// <param name="Minimum">The shortest.</param>
/// <param name="Maximum">The longest.</param>
/// <param name="Runs">How many were timed, after those that warmed up.</param>
/// <param name="RowsPerSecond">Rows in a second, at the median.</param>
internal sealed record Measurement(string Name, double Median, double Minimum, double Maximum, int Runs, double RowsPerSecond)
{
    /// <param name="name">The thing.</param>
    /// <param name="times">In milliseconds; one at least.</param>
    /// <param name="rows">Rows that each of them took.</param>
    public static Measurement Of(string name, IEnumerable<double> times, int rows)
    {
        double[] sorted = [.. times.Order()];
        double median = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        return new Measurement(name, median, sorted[0], sorted[^1], sorted.Length, rows * 1000 / median);
    }
}

/// <summary>How fast this machine is.</summary>
/// <param name="Machine">The machine.</param>
/// <param name="Network">The network that was measured.</param>
/// <param name="Measurements">One entry a thing measured.</param>
internal sealed record BenchResult(Machine Machine, string Network, IReadOnlyList<Measurement> Measurements);
