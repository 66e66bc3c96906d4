using System.Diagnostics;
using Microsoft.ML.Spiking.Fuzz.Mutators;

namespace Microsoft.ML.Spiking.Fuzz;

/// <summary>Makes mutants of a target's files, and opens them one after the other.</summary>
/// <param name="target">What is fuzzed.</param>
/// <param name="seed">Decides all mutants, each by its index alone.</param>
/// <param name="limits">What each may cost.</param>
internal sealed class Fuzzer(IFuzzTarget target, int seed, FuzzLimits limits)
{
    // A busy machine, or a collection of garbage, is no fault of the file.
    private const int Attempts = 3;

    private long _current;
    private long _began;
    private byte[] _mutant = [];

    /// <summary>The mutant of an index, the same in every run.</summary>
    public byte[] Mutant(long index)
    {
        var random = new RandomStream(CounterRandom.FromSeed(seed).For((ulong)index));
        byte[] file = target.Seeds[random.Below(target.Seeds.Count)];
        return random.Below(2) == 0 ? ByteMutator.Mutate(file, target.Seeds, random) : target.Mutate(file, random);
    }

    /// <summary>Opens mutants.</summary>
    /// <param name="first">Index of the first.</param>
    /// <param name="count">How many.</param>
    /// <param name="begun">Is told each before it is opened.</param>
    public FuzzReport Run(long first, long count, Action<long, byte[]>? begun = null)
    {
        foreach (byte[] sound in target.Seeds) target.Open(sound);   // compiles what reads them, which is no mutant's cost

        var report = new FuzzReport();
        var worker = new Thread(() =>
        {
            for (long index = first; index < first + count; index++)
            {
                byte[] mutant = Mutant(index);
                begun?.Invoke(index, mutant);
                (_current, _mutant) = (index, mutant);
                Volatile.Write(ref _began, Stopwatch.GetTimestamp());
                lock (report) Judge(index, mutant, report);
                Volatile.Write(ref _began, 0);
            }
        })
        { IsBackground = true };
        worker.Start();
        while (!worker.Join(TimeSpan.FromMilliseconds(200)))
        {
            if (Volatile.Read(ref _began) is not (> 0 and var began) || Stopwatch.GetElapsedTime(began) < limits.Endless) continue;
            report.End(new FuzzFailure(_current, "never ends", $"still at it after {limits.Endless.TotalSeconds} s", _mutant));
            return report;
        }
        return report;
    }

    /// <summary>Opens a file, as a mutant of its own.</summary>
    public FuzzReport Run(byte[] file)
    {
        var report = new FuzzReport();
        Judge(index: 0, file, report);
        return report;
    }

    private void Judge(long index, byte[] mutant, FuzzReport report)
    {
        TimeSpan time = TimeSpan.MaxValue;
        long bytes = long.MaxValue;
        Exception? thrown = null;
        for (int attempt = 0; attempt < Attempts && (time > limits.Time || bytes > limits.Bytes); attempt++)
        {
            long allocated = GC.GetTotalAllocatedBytes(), start = Stopwatch.GetTimestamp();
            thrown = Opened(mutant);
            time = Less(time, Stopwatch.GetElapsedTime(start));
            bytes = Math.Min(bytes, GC.GetTotalAllocatedBytes() - allocated);
        }

        if (time > report.LongestTime) report.LongestTime = time;
        report.MostBytes = Math.Max(report.MostBytes, bytes);
        if (thrown is not null && !target.IsRefusal(thrown)) report.Add(new FuzzFailure(index, Kind(thrown), thrown.ToString(), mutant));
        else if (time > limits.Time) report.Add(new FuzzFailure(index, "takes too long", $"{time.TotalSeconds:F1} s; {thrown?.Message}", mutant));
        else if (bytes > limits.Bytes) report.Add(new FuzzFailure(index, "allocates too much", $"{bytes / 1e6:F0} MB; {thrown?.Message}", mutant));
        else if (thrown is null) report.Loaded++;
        else report.Refused++;
    }

    private Exception? Opened(byte[] mutant)
    {
        try
        {
            target.Open(mutant);
            return null;
        }
        catch (Exception thrown)
        {
            return thrown;
        }
    }

    /// <summary>An undocumented exception by the types of its chain and where the last of them was thrown.</summary>
    private static string Kind(Exception thrown)
    {
        var chain = new List<string>();
        Exception last = thrown;
        for (Exception? e = thrown; e is not null; e = e.InnerException)
        {
            chain.Add(e.GetType().Name);
            last = e;
        }
        string where = last.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("Microsoft.ML", StringComparison.Ordinal))?.Trim().Split('(')[0] ?? "?";
        return $"{string.Join(" < ", chain)} {where}";
    }

    private static TimeSpan Less(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
