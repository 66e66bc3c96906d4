using System.Diagnostics;
using System.Globalization;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>Peak resident memory of this process so far.</summary>
internal static class PeakMemory
{
    /// <summary>In megabytes of 1,000,000 bytes.</summary>
    public static double Megabytes()
    {
        const string Status = "/proc/self/status", Field = "VmHWM:";
        if (!File.Exists(Status)) return Process.GetCurrentProcess().PeakWorkingSet64 / 1e6;
        string line = File.ReadLines(Status).First(line => line.StartsWith(Field, StringComparison.Ordinal));
        return double.Parse(line[Field.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * 1024 / 1e6;
    }
}
