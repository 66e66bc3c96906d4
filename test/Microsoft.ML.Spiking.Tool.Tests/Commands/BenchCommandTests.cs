using System.Text.Json;

namespace Microsoft.ML.Spiking.Tests.Commands;

[TestClass]
public class BenchCommandTests
{
    [TestMethod]
    public void Every_measurement_has_its_median_between_the_extremes()
    {
        Answer answer = Answer.To("bench", "--json");

        JsonElement[] measurements = [.. answer.Json.GetProperty("measurements").EnumerateArray()];
        Assert.HasCount(3, measurements);
        foreach (JsonElement m in measurements)
        {
            Assert.IsLessThanOrEqualTo(m.GetProperty("median").GetDouble(), m.GetProperty("minimum").GetDouble());
            Assert.IsLessThanOrEqualTo(m.GetProperty("maximum").GetDouble(), m.GetProperty("median").GetDouble());
        }
        Assert.IsGreaterThan(0, answer.Json.GetProperty("machine").GetProperty("cores").GetInt32());
    }

    [TestMethod]
    public void An_interruption_ends_with_130() => Answer.To(new CancellationToken(canceled: true), "bench").FailsWith(ExitCode.Interrupted, "Interrupted.");
}
