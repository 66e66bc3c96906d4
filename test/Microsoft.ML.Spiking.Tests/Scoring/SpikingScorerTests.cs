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

    [TestMethod]
    public void The_columns_health_is_what_its_rows_did_counted_one_by_one()
    {
        // So many rows that there are several blocks of them; a third are dark, and every neuron that gets any input fires in most steps.
        const int Rows = 150;
        SpikingModel trained = Toy.Trained.Model;
        ColumnLayer eager = trained.Network.ColumnLayers[0] with { Excitatory = new LifNeuron { Threshold = 0.01f } };
        SpikingModel model = trained with { Network = trained.Network with { Layers = [eager] }, Layers = [trained.Layers[0] with { Layer = eager }] };
        float[] x = [.. Toy.Samples(Rows).SelectMany((sample, row) => row % 3 == 0 ? new float[Toy.Inputs] : sample.Features)];
        var batch = new IntensityBatch(x, Toy.Inputs);
        var scorer = new SpikingScorer(model);

        ColumnHealth health = scorer.Health(batch, Rows);

        int columns = eager.Columns;
        float[] rates = new float[scorer.Rates.Count];
        var average = new double[columns];
        int[] silent = new int[columns], saturated = new int[columns];
        for (int row = 0; row < Rows; row++)
        {
            float[] ofColumns = new float[columns];
            int[] active = new int[columns], constant = new int[columns];
            scorer.Rates.Read(batch, row..(row + 1), rates, ofColumns, active, constant);
            for (int column = 0; column < columns; column++)
            {
                average[column] += ofColumns[column];
                silent[column] += active[column] == 0 ? 1 : 0;
                saturated[column] += constant[column];
            }
        }
        Assert.IsTrue(saturated.Any(count => count > 0) && silent.All(count => count is >= Rows / 3 and < Rows), "both must be for this to tell anything");
        for (int column = 0; column < columns; column++)
        {
            Assert.AreEqual(average[column] / Rows, health.AverageRate[column], 1e-5);
            Assert.AreEqual(silent[column] / (float)Rows, health.Silent[column], 1e-6f);
            Assert.AreEqual(saturated[column] / ((float)Rows * eager.NeuronsPerColumn), health.Saturated[column], 1e-6f);
        }
    }

    [TestMethod]
    public void A_rows_column_rates_are_its_own_in_whatever_block_it_is()
    {
        const int Rows = 150;
        SpikingModel model = Toy.Trained.Model;
        var scorer = new SpikingScorer(model);
        float[] x = [.. Toy.Samples(Rows).SelectMany(sample => sample.Features)];
        int columns = model.Network.AllColumns;
        float[] logits = new float[Rows * model.Classes], rates = new float[Rows * columns], alone = new float[columns];

        scorer.Run(new IntensityBatch(x, Toy.Inputs), Rows, logits, rates);

        foreach (int row in (int[])[0, 63, 64, 149])
        {
            scorer.Run(new IntensityBatch(x.AsMemory(row * Toy.Inputs, Toy.Inputs), Toy.Inputs), 1, new float[model.Classes], alone);
            CollectionAssert.AreEqual(rates[(row * columns)..((row + 1) * columns)], alone, $"row {row}");
        }
    }
}
