using Microsoft.ML.Spiking.Fuzz;
using Microsoft.ML.Spiking.Fuzz.Targets;

namespace Microsoft.ML.Spiking.Tests.Fitting;

/// <summary>Damaged and hostile checkpoints, some thousands; the program in test/Microsoft.ML.Spiking.Fuzz opens as many as one likes.</summary>
[TestClass]
public sealed class CheckpointFuzzTests
{
    // Another in every run of the tests would fail where nothing was changed.
    private const int Seed = 2026;

    private static readonly CheckpointTarget s_target = new();

    [TestMethod]
    public void Sound_ones_are_resumed()
    {
        foreach (byte[] sound in s_target.Seeds) s_target.Open(sound);
    }

    [TestMethod]
    public void Each_is_resumed_or_refused_as_documented_within_a_second_and_200_MB()
    {
        FuzzReport report = new Fuzzer(s_target, Seed, FuzzLimits.Default).Run(0, 2000);

        Assert.IsEmpty(report.Kinds, $"Seed {Seed}: {report} {string.Join("\n", report.Failures.Select(failure => $"{failure.Index}: {failure.Detail}"))}");
        Assert.IsGreaterThan(0, report.Loaded);
        Assert.IsGreaterThan(1000, report.Refused);
    }
}
