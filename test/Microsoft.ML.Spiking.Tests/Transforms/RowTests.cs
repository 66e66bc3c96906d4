using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Transforms;

/// <summary>A row's prediction depends on that row alone.</summary>
[TestClass]
public class RowTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly SpikingNetworkTransformer _model = Toy.Trained;

    [TestMethod]
    public void No_rows_give_no_predictions()
    {
        IDataView scored = _model.Transform(Toy.Keyed(_ml, []));

        Assert.HasCount(0, Views.Vectors(scored, "Score"));
        Assert.HasCount(0, Views.Rows(scored, [.. scored.Schema]));
    }

    [TestMethod]
    public void Taken_and_skipped_rows_keep_their_scores()
    {
        IDataView scored = _model.Transform(Toy.Data(_ml, rows: 300));
        Dictionary<int, string> all = ById(scored);

        foreach (IDataView part in (IDataView[])[_ml.Data.TakeRows(scored, 7), _ml.Data.SkipRows(scored, 280), _model.Transform(_ml.Data.SkipRows(Toy.Data(_ml, rows: 300), 280))])
            foreach (var (id, scores) in ById(part)) Assert.AreEqual(all[id], scores);
        CollectionAssert.AreEqual(Enumerable.Range(0, 7).ToArray(), ById(_ml.Data.TakeRows(scored, 7)).Keys.ToArray());
        CollectionAssert.AreEqual(Enumerable.Range(280, 20).ToArray(), ById(_ml.Data.SkipRows(scored, 280)).Keys.ToArray());
    }

    [TestMethod]
    public void Shuffled_rows_keep_their_scores()
    {
        IDataView scored = _model.Transform(Toy.Data(_ml, rows: 300));
        Dictionary<int, string> all = ById(scored);

        Dictionary<int, string> shuffled = ById(_ml.Data.ShuffleRows(scored, seed: 3));

        CollectionAssert.AreNotEqual(all.Keys.ToArray(), shuffled.Keys.ToArray());
        CollectionAssert.AreEquivalent(all.ToArray(), shuffled.ToArray());
    }

    [TestMethod]
    public void A_feature_that_is_not_finite_leaves_its_own_row_without_a_prediction()
    {
        Sample[] samples = Toy.Samples(6);
        string[] before = [.. ById(_model.Transform(Toy.Keyed(_ml, samples))).Values];
        samples[2].Features[1] = float.NaN;
        samples[4].Features[6] = float.NegativeInfinity;

        IDataView scored = _model.Transform(Toy.Keyed(_ml, samples));

        string[] after = [.. ById(scored).Values];
        foreach (int row in (int[])[0, 1, 3, 5]) Assert.AreEqual(before[row], after[row]);
        Prediction[] predictions = [.. _ml.Data.CreateEnumerable<Prediction>(scored, reuseRowObject: false)];
        foreach (int row in (int[])[2, 4])
        {
            Assert.AreEqual(0u, predictions[row].PredictedLabel);
            Assert.IsTrue(predictions[row].Score.All(float.IsNaN));
            Assert.IsTrue(predictions[row].SpikeRate.All(float.IsNaN));
        }
    }

    [TestMethod]
    public void A_row_without_a_prediction_shows_what_it_shows_with_stock_trainers()
    {
        Sample[] samples = Toy.Samples(24);
        IDataView data = Toy.Keyed(_ml, samples);
        samples[0].Features[1] = float.NaN;
        IDataView gap = Toy.Keyed(_ml, samples.Take(1));
        var trainers = _ml.MulticlassClassification.Trainers;
        ITransformer[] models = [_model, trainers.SdcaMaximumEntropy(maximumNumberOfIterations: 1).Fit(data), trainers.LbfgsMaximumEntropy(historySize: 1).Fit(data)];

        foreach (ITransformer model in models)
        {
            IDataView scored = model.Transform(gap);
            Assert.IsTrue(Views.Vectors(scored, "Score")[0].All(float.IsNaN), model.ToString());
            Assert.AreEqual(0u, scored.GetColumn<uint>("PredictedLabel").Single(), model.ToString());
            IDataView named = _ml.Transforms.Conversion.MapKeyToValue("Answer", "PredictedLabel").Fit(scored).Transform(scored);
            Assert.AreEqual("", named.GetColumn<string>("Answer").Single() ?? "", model.ToString());
        }
    }

    [TestMethod]
    public void A_prediction_engine_gives_to_the_bit_what_a_batch_gives()
    {
        Sample[] samples = Toy.Samples(300);
        Prediction[] batch = [.. _ml.Data.CreateEnumerable<Prediction>(_model.Transform(Toy.Keyed(_ml, samples)), reuseRowObject: false)];
        using var engine = _ml.Model.CreatePredictionEngine<Sample, Prediction>(_model);

        foreach (Sample sample in samples) Same(batch[sample.Id], engine.Predict(sample));
    }

    [TestMethod]
    public void Thirty_two_threads_share_one_transformer()
    {
        Sample[] samples = Toy.Samples(40);
        Prediction[] batch = [.. _ml.Data.CreateEnumerable<Prediction>(_model.Transform(Toy.Keyed(_ml, samples)), reuseRowObject: false)];
        var faults = new System.Collections.Concurrent.ConcurrentBag<Exception>();

        Thread[] threads = [.. Enumerable.Range(0, 32).Select(thread => new Thread(() =>
        {
            try
            {
                using var engine = _ml.Model.CreatePredictionEngine<Sample, Prediction>(_model, new PredictionEngineOptions { OwnsTransformer = false });
                for (int i = 0; i < samples.Length; i++)
                {
                    Sample sample = samples[(i + 5 * thread) % samples.Length];
                    Same(batch[sample.Id], engine.Predict(sample));
                }
            }
            catch (Exception fault)
            {
                faults.Add(fault);
            }
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();

        Assert.HasCount(0, faults, faults.FirstOrDefault()?.ToString());
    }

    private static void Same(Prediction expected, Prediction actual)
    {
        Assert.AreEqual(expected.PredictedLabel, actual.PredictedLabel);
        CollectionAssert.AreEqual(expected.Score, actual.Score);
        CollectionAssert.AreEqual(expected.SpikeRate, actual.SpikeRate);
    }

    private static Dictionary<int, string> ById(IDataView scored)
        => scored.GetColumn<int>("Id").Zip(Views.Vectors(scored, "Score"), (id, scores) => (id, text: string.Join(' ', scores))).ToDictionary(row => row.id, row => row.text);
}
