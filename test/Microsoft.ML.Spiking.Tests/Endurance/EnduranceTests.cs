using Microsoft.ML.Spiking.Tests.Fitting;
using Microsoft.ML.Spiking.Tests.Model;

namespace Microsoft.ML.Spiking.Tests.Endurance;

[TestClass]
public sealed class EnduranceTests
{
    private readonly MLContext _ml = new(seed: 1);

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Models_that_are_loaded_and_disposed_leave_nothing_behind() => Load(200);

    [TestMethod]
    [Heavy]
    public void Five_thousand_models_that_are_loaded_and_disposed_leave_nothing_behind() => Load(5000);

    [TestMethod]
    public void A_hundred_thousand_predictions_leave_nothing_behind() => Predict(100_000);

    [TestMethod]
    [Heavy]
    public void Two_million_predictions_leave_nothing_behind() => Predict(2_000_000);

    [TestMethod]
    public void Two_hundred_fits_leave_nothing_behind() => Fit(200);

    [TestMethod]
    [Heavy]
    public void Two_thousand_fits_leave_nothing_behind() => Fit(2000);

    [TestMethod]
    public void Two_hundred_epochs_hold_no_more_than_the_first()
    {
        var footprint = new Footprint(TestContext);
        var reports = new Reports(progress =>
        {
            if (progress is EpochProgress) footprint.Look();
        });
        _ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options with { Engine = TrainingEngine.Managed, Batches = null, Epochs = 200, ValidationFraction = 0.2, Progress = reports }).Fit(Toy.Data(_ml));
        footprint.AssertFlat();
    }

    [TestMethod]
    public void Thirty_two_threads_give_the_same_to_the_bit_in_a_hundred_thousand_predictions()
    {
        Sample[] samples = Toy.Samples(40);
        SpikingNetworkTransformer model = Toy.Trained;
        Prediction[] batch = [.. _ml.Data.CreateEnumerable<Prediction>(model.Transform(Toy.Keyed(_ml, samples)), reuseRowObject: false)];
        int wrong = 0;
        Thread[] threads = [.. Enumerable.Range(0, 32).Select(thread => new Thread(() =>
        {
            PredictionEngine<Sample, Prediction> engine;
            lock (_ml) engine = _ml.Model.CreatePredictionEngine<Sample, Prediction>(model, new PredictionEngineOptions { OwnsTransformer = false });
            for (int i = 0; i < 3200; i++)
            {
                Sample sample = samples[(i + 5 * thread) % samples.Length];
                Prediction expected = batch[sample.Id], actual = engine.Predict(sample);
                if (expected.PredictedLabel != actual.PredictedLabel || !expected.Score.SequenceEqual(actual.Score) || !expected.SpikeRate.SequenceEqual(actual.SpikeRate)) Interlocked.Increment(ref wrong);
            }
            engine.Dispose();
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();

        Assert.AreEqual(0, wrong);
    }

    private void Load(int times)
    {
        byte[] zip = ModelZip.Save(_ml, Toy.Trained, Toy.Data(_ml).Schema);
        Sample sample = Toy.Samples(1)[0];
        float[] expected = Predicted(ModelZip.Load(zip), sample);
        Footprint.AssertFlat(TestContext, times, _ => CollectionAssert.AreEqual(expected, Predicted(ModelZip.Load(zip), sample)));
    }

    private void Predict(int times)
    {
        Sample[] samples = Toy.Samples(40);
        using var engine = _ml.Model.CreatePredictionEngine<Sample, Prediction>(Toy.Trained);
        float[][] expected = [.. samples.Select(sample => engine.Predict(sample).Score)];
        Footprint.AssertFlat(TestContext, times, i => CollectionAssert.AreEqual(expected[i % 40], engine.Predict(samples[i % 40]).Score));
    }

    private void Fit(int times)
    {
        IDataView data = Toy.Data(_ml);
        Footprint.AssertFlat(TestContext, times, _ => _ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options with { Engine = TrainingEngine.Managed }).Fit(data));
    }

    /// <summary>By an engine that is disposed, and the model with it.</summary>
    private float[] Predicted(ITransformer model, Sample sample)
    {
        using var engine = _ml.Model.CreatePredictionEngine<Sample, Prediction>(model);
        return engine.Predict(sample).Score;
    }
}
