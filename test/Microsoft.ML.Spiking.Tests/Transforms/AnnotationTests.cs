using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Transforms;

/// <summary>The produced columns say of themselves what a stock trainer's say.</summary>
[TestClass]
public class AnnotationTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Text_labels_annotate_as_a_stock_trainer_does() => IsLikeStock(Toy.Data(_ml));

    [TestMethod]
    public void Number_labels_annotate_as_a_stock_trainer_does()
    {
        IDataView data = NumberLabels();
        IsLikeStock(data);

        DataViewSchema.Annotations score = Ours(data).Schema["Score"].Annotations;
        Assert.IsNull(score.Schema.GetColumnOrNull("SlotNames"));
        VBuffer<int> values = default;
        score.GetValue("TrainingLabelValues", ref values);
        CollectionAssert.AreEqual(new[] { 10, 11, 12 }, values.DenseValues().ToArray());
    }

    [TestMethod]
    public void The_classes_are_called_as_the_labels_are()
    {
        CollectionAssert.AreEqual((string[])["a", "b", "c"], Toy.Trained.ClassNames.ToArray());
        SpikingNetworkTransformer numbers = _ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options).Fit(NumberLabels());
        CollectionAssert.AreEqual((string[])["10", "11", "12"], numbers.ClassNames.ToArray());
    }

    [TestMethod]
    public void Labels_without_values_annotate_as_a_stock_trainer_does() => IsLikeStock(BareLabels());

    [TestMethod]
    public void Labels_of_numbers_and_without_values_survive_saving()
    {
        foreach (IDataView data in (IDataView[])[NumberLabels(), BareLabels()])
        {
            SpikingNetworkTransformer model = _ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options).Fit(data);
            ITransformer loaded = EstimatorChecks.SavedAndLoaded(_ml, model, data.Schema, out _);
            Views.SameValues(model.Transform(data), loaded.Transform(data));
        }
    }

    [TestMethod]
    public void Labels_without_values_can_be_evaluated()
    {
        IDataView scored = _ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Able).Fit(BareLabels()).Transform(BareLabels());

        MulticlassClassificationMetrics metrics = _ml.MulticlassClassification.Evaluate(scored);

        Assert.AreEqual(1, metrics.MicroAccuracy);
        Assert.AreEqual(3, metrics.ConfusionMatrix.NumberOfClasses);
    }

    [TestMethod]
    public void Scores_are_named_after_the_classes()
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        Ours(Toy.Data(_ml)).Schema["Score"].GetSlotNames(ref names);

        CollectionAssert.AreEqual(new[] { "a", "b", "c" }, names.DenseValues().Select(name => name.ToString()).ToArray());
    }

    [TestMethod]
    public void A_second_scoring_hides_the_first_and_counts_its_set_up()
    {
        IDataView once = Ours(Toy.Data(_ml));
        IDataView twice = _ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options).Fit(once).Transform(once);

        DataViewSchema.Column[] scores = [.. twice.Schema.Where(column => column.Name == "Score")];
        CollectionAssert.AreEqual(new[] { true, false }, scores.Select(column => column.IsHidden).ToArray());
        CollectionAssert.AreEqual(new uint[] { 1, 2 }, scores.Select(column => SetId(column)).ToArray());
        CollectionAssert.AreEqual(new uint[] { 1, 2 }, twice.Schema.Where(column => column.Name == "PredictedLabel").Select(SetId).ToArray());
        CollectionAssert.AreEqual(Views.Vectors(once, "Score")[0], Views.Vectors(twice, "Score")[0]);
    }

    private void IsLikeStock(IDataView data)
    {
        DataViewSchema stock = _ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(maximumNumberOfIterations: 1).Fit(data).Transform(data).Schema;
        DataViewSchema ours = Ours(data).Schema;
        foreach (string column in (string[])["PredictedLabel", "Score"])
        {
            Assert.AreEqual(stock[column].Type, ours[column].Type);
            Assert.AreEqual(Annotations(stock[column]), Annotations(ours[column]));
        }
    }

    private IDataView Ours(IDataView data) => _ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options).Fit(data).Transform(data);

    private IDataView NumberLabels()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Toy.Samples(24).Select(sample => new Numbered { Number = 10 + sample.Id % 3, Features = sample.Features }).ToArray());
        return _ml.Transforms.Conversion.MapValueToKey("Label", "Number").Fit(data).Transform(data);
    }

    private IDataView BareLabels()
        => _ml.Data.LoadFromEnumerable(Toy.Samples(24).Select(sample => new Bare { Label = (uint)sample.Id % 3, Features = sample.Features }).ToArray());

    private static string Annotations(DataViewSchema.Column column)
        => string.Join('\n', column.Annotations.Schema.Select(annotation => $"{annotation.Name}: {annotation.Type}").Order());

    private static uint SetId(DataViewSchema.Column column)
    {
        uint id = 0;
        column.Annotations.GetValue("ScoreColumnSetId", ref id);
        return id;
    }

    private sealed class Numbered
    {
        public int Number { get; set; }

        [VectorType(Toy.Inputs)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Bare
    {
        [KeyType(3)]
        public uint Label { get; set; }

        [VectorType(Toy.Inputs)]
        public float[] Features { get; set; } = [];
    }
}
