using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests;

[TestClass]
public class SpikingNetworkBinaryTrainerTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void It_tells_yes_from_no_without_a_fault()
    {
        CalibratedBinaryClassificationMetrics metrics = _ml.BinaryClassification.Evaluate(YesNo.Trained.Transform(_ml.Data.SkipRows(YesNo.Data(_ml, rows: 84), 24)));

        Assert.AreEqual(1, metrics.Accuracy, metrics.ConfusionMatrix.GetFormattedConfusionTable());
        Assert.AreEqual(1, metrics.AreaUnderRocCurve);
        Assert.IsLessThan(0.3, metrics.LogLoss);
    }

    [TestMethod]
    public void It_learns_what_the_multiclass_trainer_learns_of_a_key_of_the_two()
    {
        IDataView data = YesNo.Data(_ml);
        IDataView keys = _ml.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(data).Transform(data);

        SpikingModel ofKeys = _ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options).Fit(keys).Model, model = _ml.BinaryClassification.Trainers.SpikingNetwork(Toy.Options).Fit(data).Model;

        CollectionAssert.AreEqual(ofKeys.OutputWeights, model.OutputWeights);
        Assert.AreEqual(2, model.Classes);
    }

    [TestMethod]
    public void The_catalog_has_it_by_the_usual_column_names()
    {
        IDataView data = _ml.Transforms.CopyColumns("Answer", "Label").Append(_ml.Transforms.CopyColumns("Pixels", "Features")).Append(_ml.Transforms.Conversion.ConvertType("Weight", "Id", DataKind.Single))
            .Append(_ml.Transforms.DropColumns("Label", "Features")).Fit(YesNo.Data(_ml)).Transform(YesNo.Data(_ml));

        SchemaShape promised = _ml.BinaryClassification.Trainers.SpikingNetwork("Answer", "Pixels", "Weight").GetOutputSchema(EstimatorChecks.Shape(data.Schema));

        CollectionAssert.AreEquivalent(new[] { "Id", "Answer", "Pixels", "Weight", "PredictedLabel", "Score", "Probability", "SpikeRate" }, promised.Select(c => c.Name).ToArray());
    }

    [TestMethod]
    public void The_options_name_its_columns()
    {
        SpikingNetworkOptions named = Toy.Options with { PredictedLabelColumnName = "Guess", ScoreColumnName = "Odds", ProbabilityColumnName = "Chance", SpikeRateColumnName = "Rate" };

        DataViewSchema schema = _ml.BinaryClassification.Trainers.SpikingNetwork(named).Fit(YesNo.Data(_ml)).GetOutputSchema(YesNo.Data(_ml).Schema);

        CollectionAssert.AreEqual(new[] { "Guess", "Odds", "Chance", "Rate" }, schema.Skip(3).Select(column => column.Name).ToArray());
    }

    [TestMethod]
    public void A_label_of_another_kind_is_told_the_way()
    {
        IDataView data = YesNo.Data(_ml);
        IDataView key = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data), number = _ml.Transforms.Conversion.ConvertType("Label", outputKind: DataKind.Single).Fit(data).Transform(data);

        Refuses(() => _ml.BinaryClassification.Trainers.SpikingNetwork(Toy.Options).Fit(key),
            "Schema mismatch for label column 'Label': expected Boolean (MulticlassClassification.Trainers.SpikingNetwork takes a key, of two classes too), got Key<UInt32>");
        Refuses(() => _ml.BinaryClassification.Trainers.SpikingNetwork(Toy.Options).Fit(number),
            "expected Boolean, as ConvertType(outputKind: DataKind.Boolean) makes it of 0 and 1 (there is no regression yet), got Single");
        Refuses(() => _ml.BinaryClassification.Trainers.SpikingNetwork(Toy.Options with { LabelColumnName = "Class" }).Fit(Toy.Data(_ml)), "expected Boolean, as MapValue makes it of two texts");
        Refuses(() => _ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options).Fit(data),
            "expected Key<UInt32>, as MapValueToKey makes it (or train with BinaryClassification.Trainers.SpikingNetwork, which takes a Boolean), got Boolean");
        Refuses(() => _ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options).Fit(number),
            "expected Key<UInt32>, as MapValueToKey makes it of text or numbers that stand for classes (there is no regression yet), got Single");
    }

    [TestMethod]
    public void What_makes_a_number_a_label_makes_it_so()
    {
        IDataView data = YesNo.Data(_ml);
        IDataView number = _ml.Transforms.Conversion.ConvertType("Label", outputKind: DataKind.Single).Fit(data).Transform(data);

        IDataView back = _ml.Transforms.Conversion.ConvertType("Label", outputKind: DataKind.Boolean).Fit(number).Transform(number);

        CollectionAssert.AreEqual(data.GetColumn<bool>("Label").ToArray(), back.GetColumn<bool>("Label").ToArray());
    }

    private static void Refuses(Func<ITransformer> fit, string expected) => StringAssert.Contains(Assert.ThrowsExactly<ArgumentOutOfRangeException>(fit).Message, expected);
}
