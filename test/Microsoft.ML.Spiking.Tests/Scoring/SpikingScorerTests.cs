namespace Microsoft.ML.Spiking.Tests.Scoring;

[TestClass]
public class SpikingScorerTests
{
    public static IEnumerable<object[]> Files => GoldenFile.Of("network_evaluation");

    [TestMethod]
    [DynamicData(nameof(Files))]
    public void Logits_and_column_rates_follow_the_reference(string name)
    {
        GoldenFile file = GoldenFile.Open(name);
        SpikingModel model = file.Model();
        float[] x = file.Array("inputs.x");
        int rows = file.Integer("parameters.batch"), columns = model.Network.ColumnLayers[0].Columns;
        float[] logits = new float[rows * model.Classes], rates = new float[rows * columns];
        new SpikingScorer(model).Run(new IntensityBatch(x, file.Inputs()), rows, logits, rates);
        Close.Values(file.Array("expected.logits"), logits, "logits");
        float[] mean = [.. Enumerable.Range(0, columns).Select(c => Enumerable.Range(0, rows).Average(r => rates[r * columns + c]))];
        Close.Values(file.Array("expected.column_rates"), mean, "column rates");
    }

    [TestMethod]
    public void A_row_scores_to_the_bit_the_same_alone_and_in_any_batch()
    {
        SpikingModel model = GoldenFile.OpenOwn("network_evaluation").Model();
        var random = CounterRandom.FromSeed(2);
        float[] x = [.. Enumerable.Range(0, 100 * model.Input.Inputs).Select(i => (float)random.Normal((ulong)i))];
        var scorer = new SpikingScorer(model);
        float[] together = new float[100 * model.Classes], alone = new float[model.Classes], rates = new float[100 * model.Network.ColumnLayers[0].Columns];
        scorer.Run(new IntensityBatch(x, model.Input.Inputs), 100, together, rates);
        for (int row = 0; row < 100; row++)
        {
            scorer.Run(new IntensityBatch(x.AsMemory(row * model.Input.Inputs, model.Input.Inputs), model.Input.Inputs), 1, alone, rates);
            CollectionAssert.AreEqual(together[(row * model.Classes)..((row + 1) * model.Classes)], alone, $"row {row}");
        }
    }
}
