using Microsoft.ML.Spiking.Fuzz;
using Microsoft.ML.Spiking.Fuzz.Targets;

namespace Microsoft.ML.Spiking.Tests.Checkpoints;

/// <summary>A few thousand mutants of checkpoints in every run; the rest is the fuzzer's own command.</summary>
[TestClass]
public class PyTorchFuzzTests
{
    [TestMethod]
    public void Mutants_load_or_are_refused_as_documented()
    {
        FuzzReport report = new Fuzzer(new PyTorchTarget(), seed: 20, FuzzLimits.Default).Run(first: 0, count: 3000);

        Assert.IsEmpty(report.Kinds, string.Join('\n', report.Failures.Select(failure => $"seed 20, mutant {failure.Index}: {failure.Kind}\n{failure.Detail}")));
        Assert.IsTrue(report.Loaded > 200 && report.Refused > 1000, report.ToString());
    }
}
