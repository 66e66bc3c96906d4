using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Transforms;

/// <summary>A null vector is a missing row, wherever rows are read; any other length but the column's is an error with both sizes.</summary>
[TestClass]
public class RowLengthTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void A_null_vector_has_no_prediction_and_leaves_no_trace_in_the_next()
    {
        float[] row = Toy.Samples(1)[0].Features;
        using var engine = _ml.Model.CreatePredictionEngine<Row, Prediction>(Toy.Trained, new PredictionEngineOptions { OwnsTransformer = false });
        Prediction before = engine.Predict(new Row { Features = row });

        foreach (float[]? nothing in (float[]?[])[null, []])
        {
            Prediction missing = engine.Predict(new Row { Features = nothing });
            Assert.AreEqual(0u, missing.PredictedLabel);
            Assert.IsTrue(missing.Score.All(float.IsNaN) && missing.SpikeRate.All(float.IsNaN));
        }
        CollectionAssert.AreEqual(before.Score, engine.Predict(new Row { Features = row }).Score);
        string[] batch = Scores(Toy.Trained, Rows(row, null, row));
        CollectionAssert.AreEqual((string[])[string.Join(' ', before.Score), "NaN NaN NaN", string.Join(' ', before.Score)], batch);
    }

    [TestMethod]
    [DataRow(6)]
    [DataRow(8)]
    public void A_row_of_the_wrong_length_is_refused_by_the_engine_and_in_a_view(int length)
    {
        using var engine = _ml.Model.CreatePredictionEngine<Row, Prediction>(Toy.Trained, new PredictionEngineOptions { OwnsTransformer = false });
        float[] right = Toy.Samples(1)[0].Features;
        float[] expected = engine.Predict(new Row { Features = right }).Score;

        Says($"The row of 'Features' holds {length} values, but 7 are needed; give it all of them, or null where it is missing. [SPK2003]", () => engine.Predict(new Row { Features = new float[length] }));
        Says($"Row 1, from 0, of 'Features' holds {length} values, but 7 are needed; give it all of them, or null where it is missing. [SPK2003]", () => Scores(Toy.Trained, Rows(right, new float[length])));
        CollectionAssert.AreEqual(expected, engine.Predict(new Row { Features = right }).Score);
    }

    [TestMethod]
    public void Training_leaves_null_vectors_out_as_it_does_NaN()
    {
        var warnings = new List<string>();
        _ml.Log += (_, line) =>
        {
            if (line.Kind == Runtime.ChannelMessageKind.Warning && line.Source.Contains("SpikingNetworkTrainer", StringComparison.Ordinal)) warnings.Add(line.RawMessage);
        };
        float[][] features = [.. Toy.Samples(12).Select(sample => sample.Features)];

        SpikingModel with = Trainer(Toy.Options).Fit(Rows([.. features, null, [], Enumerable.Repeat(float.NaN, 7).ToArray()])).Model, without = Trainer(Toy.Options).Fit(Rows(features)).Model;

        CollectionAssert.AreEqual((string[])["Left out 3 of 15 rows: of 3 the features are missing or not finite."], warnings);
        Assert.AreEqual(12, with.Training.Rows);
        CollectionAssert.AreEqual(without.OutputWeights, with.OutputWeights);
    }

    [TestMethod]
    public void Training_refuses_a_row_of_the_wrong_length_in_cross_validation_too()
    {
        IDataView data = Rows([.. Toy.Samples(12).Select((sample, row) => row == 5 ? new float[8] : sample.Features)]);
        const string sentence = "Row 5, from 0, of 'Features' holds 8 values, but 7 are needed; give it all of them, or null where it is missing. [SPK2003]";

        Says(sentence, () => Trainer(Toy.Options).Fit(data));
        Says(sentence, () => Trainer(Toy.Options with { ValidationSet = data }).Fit(Toy.Data(_ml)));
        StringAssert.Contains(Assert.Throws<Exception>(() => _ml.MulticlassClassification.CrossValidate(data, Trainer(Toy.Options), numberOfFolds: 2)).ToString(), "holds 8 values, but 7 are needed");
    }

    [TestMethod]
    public void Cross_validation_passes_over_null_vectors()
    {
        IDataView data = Rows([.. Toy.Samples(60).Select((sample, row) => row % 20 == 5 ? null : sample.Features)]);

        foreach (var fold in _ml.MulticlassClassification.CrossValidate(data, Trainer(Toy.Able), numberOfFolds: 2)) Assert.IsGreaterThan(0.9, fold.Metrics.MacroAccuracy);
    }

    [TestMethod]
    public void A_spike_train_that_is_null_is_missing_and_one_of_another_length_refused()
    {
        bool[] a = [true, true, false, false, false, false], b = [false, false, true, true, false, false], c = [false, false, false, false, true, true];
        SpikingNetworkTransformer model = Trainer(Toy.Options).Fit(Trains(a, b, c, null));

        Assert.AreEqual(3, model.Model.Training.Rows);
        string[] scores = Scores(model, Trains(a, null, b));
        CollectionAssert.AreEqual((string[])[scores[0], "NaN NaN NaN", Scores(model, Trains(b))[0]], scores);
        foreach (bool[] wrong in (bool[][])[a[..5], [.. a, true]])
        {
            Says($"Row 1, from 0, of 'Features' holds {wrong.Length} values, but 6 are needed; give it all of them, or null where it is missing. [SPK2003]", () => Scores(model, Trains(a, wrong)));
            Says($"Row 1, from 0, of 'Features' holds {wrong.Length} values, but 6 are needed; give it all of them, or null where it is missing. [SPK2003]", () => Trainer(Toy.Options).Fit(Trains(a, wrong)));
        }
    }

    [TestMethod]
    public void A_cursor_is_at_its_end_where_a_row_was_refused()
    {
        IDataView scored = Toy.Trained.Transform(Rows(new float[7], new float[8], new float[7]));
        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["PredictedLabel"]]);
        ValueGetter<uint> get = cursor.GetGetter<uint>(scored.Schema["PredictedLabel"]);
        uint label = 0;

        Assert.ThrowsExactly<InvalidOperationException>(() => cursor.MoveNext());

        Assert.IsFalse(cursor.MoveNext());
        Assert.ThrowsExactly<InvalidOperationException>(() => get(ref label));
    }

    [TestMethod]
    public void A_missing_row_stays_missing_from_the_encoder_to_the_trainer()
    {
        float[][] features = [.. Toy.Samples(12).Select(sample => sample.Features)];
        IDataView data = Rows([.. features, null]);
        IDataView spikes = _ml.Transforms.PoissonEncoding("Features", timeSteps: 5, seed: 1).Fit(data).Transform(data);

        Assert.AreEqual(12, Trainer(Toy.Options).Fit(spikes).Model.Training.Rows);
    }

    private SpikingNetworkTrainer Trainer(SpikingNetworkOptions options) => _ml.MulticlassClassification.Trainers.SpikingNetwork(options);

    /// <summary>Rows of the three classes in turn.</summary>
    private IDataView Rows(params float[]?[] rows) => _ml.Data.LoadFromEnumerable(rows.Select((row, i) => new Row { Label = (uint)(i % 3), Features = row }));

    private IDataView Trains(params bool[]?[] rows) => _ml.Data.LoadFromEnumerable(rows.Select((row, i) => new Train { Label = (uint)(i % 3), Features = row }));

    private static string[] Scores(SpikingNetworkTransformer model, IDataView data) => [.. Views.Vectors(model.Transform(data), "Score").Select(scores => string.Join(' ', scores))];

    private static void Says(string sentence, Action act) => Assert.AreEqual(sentence, Assert.ThrowsExactly<InvalidOperationException>(act).Message);

    private sealed class Row
    {
        [KeyType(3)]
        public uint Label { get; set; }

        [VectorType(Toy.Inputs)]
        public float[]? Features { get; set; }
    }

    private sealed class Train
    {
        [KeyType(3)]
        public uint Label { get; set; }

        [VectorType(3, 2)]
        public bool[]? Features { get; set; }
    }
}
