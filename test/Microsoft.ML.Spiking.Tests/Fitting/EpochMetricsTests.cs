namespace Microsoft.ML.Spiking.Tests.Fitting;

/// <summary>What an epoch's means are made of, with sums as an engine leaves them.</summary>
[TestClass]
public sealed class EpochMetricsTests : IDisposable
{
    private readonly IdleTraining _training = new();
    private readonly EpochMetrics _metrics;

    public EpochMetricsTests()
    {
        _metrics = new EpochMetrics(_training, columns: 2);
        _metrics.Reset();
    }

    public void Dispose() => _training.Dispose();

    [TestMethod]
    public void Loss_and_rates_are_means_of_batches_and_accuracy_is_one_of_rows()
    {
        CollectionAssert.AreEqual(new double[5], _training.Sums, "three means and two columns");
        _metrics.Add(Batch(rows: 5));
        _metrics.Add(Batch(rows: 3));
        _training.Sums = [1.5, 6, 0.5, 0.25, 0.75];

        EpochMeans means = _metrics.Read();

        Assert.AreEqual((0.75, 0.75, 0.25, 8L), (means.Loss, means.Accuracy, means.SpikeRate, means.Rows));
        CollectionAssert.AreEqual(new[] { 0.125, 0.375 }, means.ColumnRates);
    }

    [TestMethod]
    public void Rows_count_for_the_accuracy_as_they_weigh()
    {
        _metrics.Add(Batch(rows: 2, weights: [1.5f, 0.5f]));
        _metrics.Add(Batch(rows: 2, weights: [2, 0]));
        _training.Sums = [0, 1, 0, 0, 0];

        Assert.AreEqual(0.25, _metrics.Read().Accuracy);
    }

    [TestMethod]
    public void Of_rows_that_weigh_nothing_none_is_right()
    {
        _metrics.Add(Batch(rows: 1, weights: [0]));

        Assert.AreEqual(0, _metrics.Read().Accuracy);
    }

    [TestMethod]
    public void What_is_saved_goes_on_as_it_was()
    {
        _metrics.Add(Batch(rows: 2, weights: [3, 1]));
        _metrics.LearningRate = 0.125;
        _training.Sums = [1, 3, 0.5, 0, 1];
        EpochSums saved = _metrics.Save();
        using var other = new IdleTraining();
        var resumed = new EpochMetrics(other, columns: 2);

        resumed.Resume(saved);

        Assert.AreEqual(0.125, resumed.LearningRate);
        CollectionAssert.AreEqual(saved.Sums, other.Sums);
        Assert.AreEqual((1d, 0.75, 0.5, 2L), (resumed.Read().Loss, resumed.Read().Accuracy, resumed.Read().SpikeRate, resumed.Read().Rows));
        resumed.Resume(saved with { Weight = null });
        Assert.AreEqual(1.5, resumed.Read().Accuracy, "an older version's, of rows that count alike");
    }

    [TestMethod]
    public void Another_epoch_begins_at_nothing()
    {
        _metrics.Add(Batch(rows: 4));
        _training.Sums = [9, 9, 9, 9, 9];

        _metrics.Reset();
        _metrics.Add(Batch(rows: 1));

        Assert.AreEqual((0d, 0d, 1L), (_metrics.Read().Loss, _metrics.Read().Accuracy, _metrics.Read().Rows));
    }

    private static TrainingBatch Batch(int rows, float[]? weights = null) => new(new int[rows], new int[rows], weights, CounterRandom.FromSeed(1));
}
