using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Tests.Model;
using Microsoft.ML.Trainers;

namespace Microsoft.ML.Spiking.Tests.Transforms;

/// <summary>A network that answers yes or no is to ML.NET as a stock binary trainer's model with a calibrator.</summary>
[TestClass]
public class BinaryOutputTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly SpikingNetworkTransformer _model = YesNo.Trained;

    [TestMethod]
    public void Its_columns_say_of_themselves_what_a_stock_trainers_say()
    {
        IDataView data = YesNo.Data(_ml);
        DataViewSchema stock = Stock(data).GetOutputSchema(data.Schema), ours = _model.GetOutputSchema(data.Schema);
        foreach (string column in (string[])["PredictedLabel", "Score", "Probability"])
        {
            Assert.AreEqual(stock[column].Type, ours[column].Type);
            Assert.AreEqual(Annotations(stock[column]), Annotations(ours[column]));
        }
        CollectionAssert.AreEqual(stock.Select(column => column.Name).ToArray(), ours.Where(column => column.Name != "SpikeRate").Select(column => column.Name).ToArray());
    }

    [TestMethod]
    public void The_score_is_the_log_odds_of_the_probability_and_its_sign_the_answer()
    {
        foreach (Answer answer in Answers(YesNo.Data(_ml, rows: 60)))
        {
            Assert.AreEqual(1 / (1 + Math.Exp(-answer.Score)), answer.Probability, 1e-6);
            Assert.AreEqual(answer.Probability > 0.5f, answer.PredictedLabel);
            Assert.HasCount(4, answer.SpikeRate);
        }
    }

    [TestMethod]
    public void The_score_stays_exact_where_the_probability_is_all_but_one()
    {
        SpikingModel sure = _model.Model with { OutputWeights = [.. _model.Model.OutputWeights.Select(weight => weight * 10)] };
        Answer[] answers = Answers(YesNo.Data(_ml, rows: 60), new SpikingNetworkTransformer(_ml, sure, new BinaryOutputs()));

        float[] all = [.. answers.Where(answer => answer.Probability == 1).Select(answer => answer.Score)];
        Assert.IsGreaterThan(5, all.Length, "the scores must be extreme for this to tell anything");
        Assert.HasCount(all.Length, all.Distinct().ToArray());
        Assert.IsTrue(all.All(float.IsFinite));
    }

    [TestMethod]
    public void A_row_with_a_feature_that_is_no_number_is_answered_as_by_a_stock_trainer()
    {
        Question[] questions = YesNo.Questions(4);
        questions[2].Features[1] = float.NaN;
        IDataView data = _ml.Data.LoadFromEnumerable(questions);

        Answer ours = Answers(data)[2], stock = _ml.Data.CreateEnumerable<Answer>(Stock(YesNo.Data(_ml)).Transform(data), reuseRowObject: false, ignoreMissingColumns: true).ElementAt(2);

        Assert.AreEqual((false, float.NaN, float.NaN), (stock.PredictedLabel, stock.Score, stock.Probability));
        Assert.AreEqual((false, float.NaN, float.NaN), (ours.PredictedLabel, ours.Score, ours.Probability));
        Assert.IsTrue(ours.SpikeRate.All(float.IsNaN));
    }

    [TestMethod]
    public void Both_evaluators_take_it_and_agree()
    {
        IDataView scored = _model.Transform(YesNo.Data(_ml, rows: 60));
        BinaryClassificationMetrics plain = _ml.BinaryClassification.EvaluateNonCalibrated(scored);
        CalibratedBinaryClassificationMetrics calibrated = _ml.BinaryClassification.Evaluate(scored);

        Assert.AreEqual(plain.Accuracy, calibrated.Accuracy);
        bool[] labels = [.. scored.GetColumn<bool>("Label")];
        float[] probabilities = [.. scored.GetColumn<float>("Probability")];
        Assert.AreEqual(-labels.Zip(probabilities, (label, p) => Math.Log2(label ? p : 1 - p)).Average(), calibrated.LogLoss, 1e-5);
    }

    [TestMethod]
    public void Folds_are_trained_and_measured()
    {
        var folds = _ml.BinaryClassification.CrossValidate(YesNo.Data(_ml, rows: 60), _ml.BinaryClassification.Trainers.SpikingNetwork(Toy.Able), numberOfFolds: 2);

        foreach (var fold in folds) Assert.AreEqual(1, fold.Metrics.AreaUnderRocCurve, fold.Metrics.ConfusionMatrix.GetFormattedConfusionTable());
    }

    [TestMethod]
    public void Importance_is_nil_of_a_dark_input_and_something_of_what_tells()
    {
        var importance = _ml.BinaryClassification.PermutationFeatureImportance(_model, YesNo.Data(_ml), permutationCount: 2);

        Assert.AreEqual(0, importance[^1].AreaUnderRocCurve.Mean);
        Assert.IsLessThan(0, importance.Min(input => input.Accuracy.Mean));
    }

    [TestMethod]
    public void Importance_of_a_loaded_untyped_chain_goes_by_name()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(YesNo.Questions(24).Select(s => new Parts { Label = s.Label, Left = s.Features[..6], Dark = s.Features[6] }).ToArray());
        var chain = _ml.Transforms.Concatenate("Features", "Left", "Dark").Append(_ml.BinaryClassification.Trainers.SpikingNetwork(Toy.Able));
        ITransformer loaded = EstimatorChecks.SavedAndLoaded(_ml, chain.Fit(data), data.Schema, out _);

        var importance = _ml.BinaryClassification.PermutationFeatureImportanceNonCalibrated(loaded, loaded.Transform(data));

        Assert.HasCount(Toy.Inputs, importance);
        Assert.AreEqual(0, importance["Dark"].AreaUnderRocCurve.Mean);
        Assert.IsLessThan(0, importance.Values.Min(input => input.Accuracy.Mean));
    }

    [TestMethod]
    public void A_prediction_engine_of_a_loaded_model_gives_to_the_bit_what_a_batch_gives()
    {
        Question[] questions = YesNo.Questions(40);
        Answer[] batch = Answers(_ml.Data.LoadFromEnumerable(questions));
        using var engine = _ml.Model.CreatePredictionEngine<Question, Answer>(ModelZip.Load(ModelZip.Save(_ml, _model, YesNo.Data(_ml).Schema)));

        foreach (Question question in questions)
        {
            Answer answer = engine.Predict(question);
            Assert.AreEqual((batch[question.Id].PredictedLabel, batch[question.Id].Score, batch[question.Id].Probability), (answer.PredictedLabel, answer.Score, answer.Probability));
        }
    }

    [TestMethod]
    public void Its_classes_are_called_false_and_true_and_can_be_had_with_a_score_each()
    {
        IDataView data = YesNo.Data(_ml);
        CollectionAssert.AreEqual((string[])["False", "True"], _model.ClassNames.ToArray());
        Assert.AreSame(_model, SpikingNetworkTransformer.Of(new TransformerChain<ITransformer>(_model)));

        IDataView ofClasses = _model.OfClasses().Transform(data);

        CollectionAssert.AreEqual((string[])["False", "True"], _model.OfClasses().ClassNames.ToArray());
        CollectionAssert.AreEqual(_model.Transform(data).GetColumn<float>("Probability").ToArray(), Views.Vectors(ofClasses, "Score").Select(scores => scores[1]).ToArray());
        CollectionAssert.AreEqual(_model.Transform(data).GetColumn<bool>("PredictedLabel").Select(yes => yes ? 2u : 1).ToArray(), ofClasses.GetColumn<uint>("PredictedLabel").ToArray());
    }

    [TestMethod]
    public void A_model_of_other_than_two_classes_is_damaged()
    {
        byte[] three = ModelZip.Save(_ml, new SpikingNetworkTransformer(_ml, Toy.Trained.Model, new BinaryOutputs()), YesNo.Data(_ml).Schema);

        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => ModelZip.Load(three)).ToString(), "The model is damaged: it answers yes or no, but names 3 classes. [SPK3001]");
    }

    private Answer[] Answers(IDataView data, ITransformer? by = null) => [.. _ml.Data.CreateEnumerable<Answer>((by ?? _model).Transform(data), reuseRowObject: false)];

    private BinaryPredictionTransformer<CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>> Stock(IDataView data)
        => _ml.BinaryClassification.Trainers.SdcaLogisticRegression(maximumNumberOfIterations: 1).Fit(data);

    private static string Annotations(DataViewSchema.Column column)
        => string.Join('\n', column.Annotations.Schema.Select(annotation => $"{annotation.Name}: {annotation.Type} {Value(column, annotation)}").Order());

    private static string Value(DataViewSchema.Column column, DataViewSchema.Column annotation)
    {
        if (annotation.Type is not TextDataViewType) return "";
        ReadOnlyMemory<char> text = default;
        column.Annotations.GetValue(annotation.Name, ref text);
        return text.ToString();
    }

    private sealed class Parts
    {
        public bool Label { get; set; }

        [VectorType(6)]
        public float[] Left { get; set; } = [];

        public float Dark { get; set; }
    }
}
