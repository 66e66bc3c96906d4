namespace Microsoft.ML.Spiking.Tests.Scoring;

[TestClass]
public class SoftmaxTests
{
    private readonly SpikingScorer _scorer = new(GoldenFile.OpenOwn("network_evaluation").Model() with { Classes = 2 });

    [TestMethod]
    public void Logits_become_probabilities_row_by_row()
    {
        float[] rows = [0, MathF.Log(3), MathF.Log(4), 0];
        _scorer.Softmax(rows);

        foreach (var (expected, actual) in new[] { 0.25f, 0.75f, 0.8f, 0.2f }.Zip(rows)) Assert.AreEqual(expected, actual, 1e-6f);
    }

    [TestMethod]
    public void Logits_of_any_size_become_probabilities()
    {
        float[] rows = [-1000, 1000, 200, 200];
        _scorer.Softmax(rows);

        CollectionAssert.AreEqual(new[] { 0, 1, 0.5f, 0.5f }, rows);
    }

    [TestMethod]
    public void A_temperature_divides_the_logits()
    {
        var scorer = new SpikingScorer(GoldenFile.OpenOwn("network_evaluation").Model() with { Classes = 2, Temperature = 2 });
        float[] rows = [0, 2 * MathF.Log(3)];
        scorer.Softmax(rows);

        Assert.AreEqual(0.25f, rows[0], 1e-6f);
        Assert.AreEqual(0.75f, rows[1], 1e-6f);
    }
}
