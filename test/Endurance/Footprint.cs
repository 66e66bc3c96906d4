using System.Diagnostics;
using System.Globalization;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>What the process holds while something is done again and again.</summary>
/// <param name="test">Is told the figures.</param>
internal sealed class Footprint(TestContext test)
{
    private const int Parts = 10;

    // What the runtime itself takes at any time: code compiled anew, pages of its heap.
    private const long ManagedSlack = 1 << 20, ResidentSlack = 16 << 20;

    private readonly List<(long Managed, long Resident)> _looks = [];

    /// <summary>Does it so often, and holds that what the process holds then is, within 5 %, what it held when it had warmed up.</summary>
    public static void AssertFlat(TestContext test, int times, Action<int> act)
    {
        var footprint = new Footprint(test);
        var clock = Stopwatch.StartNew();
        for (int i = 0; i < times; i++)
        {
            act(i);
            if ((i + 1) % (times / Parts) == 0) footprint.Look();
        }
        test.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{times} times in {clock.Elapsed.TotalSeconds:F1} s"));
        footprint.AssertFlat();
    }

    /// <summary>Looks at what is held now.</summary>
    public void Look()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        _looks.Add((GC.GetTotalMemory(forceFullCollection: true), Environment.WorkingSet));
    }

    /// <summary>Holds the last three tenths of the looks against three tenths after the first two, in which it warms up.</summary>
    public void AssertFlat()
    {
        AssertFlat("managed memory", look => look.Managed, ManagedSlack);
        AssertFlat("resident memory", look => look.Resident, ResidentSlack);
    }

    private void AssertFlat(string what, Func<(long Managed, long Resident), long> of, long slack)
    {
        int tenth = _looks.Count / Parts;
        long warm = Median(_looks.Skip(2 * tenth).Take(3 * tenth).Select(of)), last = Median(_looks.TakeLast(3 * tenth).Select(of));
        test.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{what}: {warm / 1e6:F1} MB when warm, {last / 1e6:F1} MB at the end ({(double)last / warm - 1:+0.0%;-0.0%})"));
        Assert.IsLessThan(1.05 * warm + slack, last, what);
    }

    private static long Median(IEnumerable<long> values) => values.Order().ElementAt(values.Count() / 2);
}
