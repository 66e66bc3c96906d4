using Microsoft.ML.Spiking.Fuzz;

namespace Microsoft.ML.Spiking.Tests.Events;

/// <summary>Some of the mutants of recordings that one command makes a hundred thousand of (test/Microsoft.ML.Spiking.Fuzz).</summary>
[TestClass]
public class EventFuzzTests
{
    [TestMethod]
    [DataRow("events-folder")]
    [DataRow("events-table")]
    [DataRow("events-hdf5")]
    [DataRow("events-aedat4")]
    public void A_damaged_file_loads_or_is_refused_as_documented(string target)
    {
        FuzzReport report = new Fuzzer(FuzzTargets.Of(target), seed: 20, FuzzLimits.Default).Run(first: 0, count: 2000);

        Assert.IsEmpty(report.Kinds, string.Join('\n', report.Failures));
        Assert.IsGreaterThan(400, report.Refused);
        Assert.IsGreaterThan(100, report.Loaded);
    }
}
