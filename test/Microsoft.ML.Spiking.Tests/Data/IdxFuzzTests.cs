using Microsoft.ML.Spiking.Fuzz;
using Microsoft.ML.Spiking.Fuzz.Targets;

namespace Microsoft.ML.Spiking.Tests.Data;

/// <summary>Some of the mutants of IDX files that one command makes a hundred thousand of (test/Microsoft.ML.Spiking.Fuzz).</summary>
[TestClass]
public class IdxFuzzTests
{
    [TestMethod]
    public void A_damaged_pair_loads_or_is_refused_as_documented()
    {
        FuzzReport report = new Fuzzer(new IdxTarget(), seed: 20, FuzzLimits.Default).Run(first: 0, count: 1000);

        Assert.IsEmpty(report.Kinds, string.Join('\n', report.Failures));
        Assert.IsGreaterThan(100, report.Refused);
        Assert.IsGreaterThan(20, report.Loaded);
    }
}
