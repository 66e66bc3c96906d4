using System.Collections.Immutable;
using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Transforms;

/// <summary>What ML.NET makes of a trained network: metrics, folds and the importance of features.</summary>
[TestClass]
public class EvaluationTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Metrics_count_the_best_k_and_the_confusion_table_names_the_classes()
    {
        IDataView scored = _ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options).Fit(Toy.Data(_ml)).Transform(Toy.Data(_ml));

        MulticlassClassificationMetrics metrics = _ml.MulticlassClassification.Evaluate(scored, topKPredictionCount: 3);

        uint[] labels = [.. scored.GetColumn<uint>("Label")];
        float[][] scores = Views.Vectors(scored, "Score");
        double Within(int k) => labels.Zip(scores).Count(row => row.Second.Count(s => s > row.Second[row.First - 1]) < k) / (double)labels.Length;
        Assert.AreEqual(Within(1), metrics.MicroAccuracy, 1e-9);
        foreach (var (expected, actual) in ((double[])[Within(1), Within(2), 1]).Zip(metrics.TopKAccuracyForAllK)) Assert.AreEqual(expected, actual, 1e-9);
        Assert.AreEqual(-labels.Zip(scores).Average(row => Math.Log(row.Second[row.First - 1])), metrics.LogLoss, 1e-6);
        StringAssert.Matches(metrics.ConfusionMatrix.GetFormattedConfusionTable(), new(@"PREDICTED \|\|\s+a \|\s+b \|\s+c \|"));
    }

    [TestMethod]
    public void Scores_are_probabilities_and_the_label_is_the_most_probable_class()
    {
        IDataView scored = _ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options).Fit(Toy.Data(_ml)).Transform(Toy.Data(_ml));

        foreach (Prediction row in _ml.Data.CreateEnumerable<Prediction>(scored, reuseRowObject: false))
        {
            Assert.AreEqual(1, row.Score.Sum(), 1e-6);
            Assert.AreEqual(row.Score.Max(), row.Score[row.PredictedLabel - 1]);
            Assert.HasCount(4, row.SpikeRate);
            Assert.IsTrue(row.SpikeRate.All(rate => rate is >= 0 and <= 1.2f), string.Join(' ', row.SpikeRate));
        }
    }

    [TestMethod]
    public void Folds_are_independent_and_leave_the_trainer_as_it_was()
    {
        IDataView data = Toy.Data(_ml, rows: 60);
        SpikingNetworkTrainer trainer = _ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Able);
        ImmutableArray<float> before = trainer.Fit(data).Model.HiddenWeights;

        var folds = _ml.MulticlassClassification.CrossValidate(data, trainer, numberOfFolds: 3);

        Assert.HasCount(3, folds);
        SpikingModel[] models = [.. folds.Select(fold => ((SpikingNetworkTransformer)fold.Model).Model)];
        Assert.AreEqual(2 * 60, models.Sum(model => model.Training.Rows));
        Assert.HasCount(3, models.Select(model => model.HiddenWeights[0]).Distinct().ToArray());
        foreach (var fold in folds) Assert.AreEqual(1, fold.Metrics.MicroAccuracy, fold.Metrics.ConfusionMatrix.GetFormattedConfusionTable());
        CollectionAssert.AreEqual(before, trainer.Fit(data).Model.HiddenWeights);
    }

    [TestMethod]
    public void Importance_is_nil_of_a_dark_input_and_something_of_the_others()
    {
        IDataView data = Toy.Data(_ml);

        var importance = _ml.MulticlassClassification.PermutationFeatureImportance(Toy.Trained, data, permutationCount: 2);

        Assert.HasCount(Toy.Inputs, importance);
        Assert.AreEqual(0, importance[^1].LogLoss.Mean);
        foreach (var input in importance[..^1]) Assert.AreNotEqual(0, input.LogLoss.Mean);
    }

    [TestMethod]
    public void Importance_of_a_loaded_untyped_chain_goes_by_name()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Toy.Samples(24).Select(s => new Parts { Class = s.Class, Left = s.Features[..6], Dark = s.Features[6] }).ToArray());
        var chain = _ml.Transforms.Conversion.MapValueToKey("Label", "Class")
            .Append(_ml.Transforms.Concatenate("Features", "Left", "Dark"))
            .Append(_ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Able));
        ITransformer loaded = EstimatorChecks.SavedAndLoaded(_ml, chain.Fit(data), data.Schema, out _);

        var importance = _ml.MulticlassClassification.PermutationFeatureImportance(loaded, loaded.Transform(data));

        Assert.HasCount(Toy.Inputs, importance);
        Assert.AreEqual(0, importance["Dark"].LogLoss.Mean);
        Assert.AreNotEqual(0, importance["Slot 0"].LogLoss.Mean);
    }

    private sealed class Parts
    {
        public string Class { get; set; } = "";

        [VectorType(6)]
        public float[] Left { get; set; } = [];

        public float Dark { get; set; }
    }
}
