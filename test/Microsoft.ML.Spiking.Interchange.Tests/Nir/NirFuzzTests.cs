using Microsoft.ML.Spiking.Fuzz;
using Microsoft.ML.Spiking.Fuzz.Targets;

namespace Microsoft.ML.Spiking.Tests.Nir;

/// <summary>Some of the mutants of NIR files that one command makes a hundred thousand of (test/Microsoft.ML.Spiking.Fuzz).</summary>
[TestClass]
public class NirFuzzTests
{
    [TestMethod]
    public void A_damaged_file_loads_or_is_refused_as_documented()
    {
        FuzzReport report = new Fuzzer(new NirTarget(), seed: 20, FuzzLimits.Default).Run(first: 0, count: 3000);

        Assert.IsEmpty(report.Kinds, string.Join('\n', report.Failures));
        Assert.IsGreaterThan(300, report.Refused);
        Assert.IsGreaterThan(100, report.Loaded);
    }
}
