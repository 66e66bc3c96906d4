using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Spiking.Tests.Samples;

/// <summary>How much a row counts, and that a row that counts twice is learnt as two.</summary>
[TestClass]
public class RowWeightTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly SpikingNetworkOptions _weighted = Toy.Options with { ExampleWeightColumnName = "Weight" };

    [TestMethod]
    public void Weights_are_scaled_to_a_mean_of_1_so_that_their_ratios_alone_matter()
    {
        var samples = new IntensitySamples(InputShape.Intensities(1));
        samples.Add([0.1f], 0);
        samples.Add([0.2f], 1);
        samples.Add([0.3f], 1);

        CollectionAssert.AreEqual(new[] { 2, 0.5f, 0.5f }, RowWeights.Of(samples, [4, 1])!.All(samples));
        CollectionAssert.AreEqual(new[] { 2, 0.5f, 0.5f }, RowWeights.Of(samples, [40, 10])!.All(samples));
        Assert.IsNull(RowWeights.Of(samples, [3, 3]));
        Assert.IsNull(RowWeights.Of(samples, null));
    }

    [TestMethod]
    public void Accuracy_on_validation_rows_is_a_mean_by_weight()
    {
        // The network is asked for what it cannot know: of four alike rows three are called otherwise, and the fourth weighs as much as the three.
        Weighed[] apart = [.. Toy.Samples(4).Select((sample, row) => new Weighed { Class = row == 3 ? "a" : "b", Features = Toy.Samples(1)[0].Features, Weight = row == 3 ? 3 : 1 })];

        SpikingModel model = Fit(Toy.Able with { ExampleWeightColumnName = "Weight", ValidationSet = Keyed(apart) }, Rows(_ => 1));

        Assert.AreEqual(0.5, model.Training.ValidationAccuracy!.Value, 1e-6);
    }

    [TestMethod]
    public void Rows_that_weigh_alike_train_the_very_model_without_weights()
    {
        SpikingModel plain = Fit(Toy.Options, Rows(_ => 1));
        foreach (float weight in (float[])[1, 0.1f, 7])
        {
            SpikingModel model = Fit(_weighted, Rows(_ => weight));
            CollectionAssert.AreEqual(plain.OutputWeights, model.OutputWeights);
            CollectionAssert.AreEqual(plain.Layers[0].InputWeights, model.Layers[0].InputWeights);
            Assert.AreEqual(plain.Training.History[0], model.Training.History[0]);
        }
        CollectionAssert.AreEqual(plain.OutputWeights, Fit(Toy.Options with { ClassWeights = ClassWeights.Balanced }, Rows(_ => 1)).OutputWeights, "the toy's classes are balanced");
        CollectionAssert.AreNotEqual(plain.OutputWeights, Fit(_weighted, Rows(row => row % 2 + 1)).OutputWeights);
        CollectionAssert.AreNotEqual(plain.OutputWeights, Fit(Toy.Options with { ClassWeights = ClassWeights.Of(("a", 2)) }, Rows(_ => 1)).OutputWeights);
    }

    [TestMethod]
    public void A_row_of_weight_nought_leaves_no_trace_and_one_of_no_weight_a_warning()
    {
        var lines = new List<LoggingEventArgs>();
        _ml.Log += (_, line) => lines.Add(line);
        Weighed[] rows = Rows(_ => 1);
        Weighed dark = new() { Class = "b", Features = [9, 9, 9, 9, 9, 9, 9] }, lost = new() { Class = "b", Features = dark.Features, Weight = float.NaN };

        SpikingModel model = Fit(_weighted, [dark, lost, .. rows]);

        CollectionAssert.AreEqual(Fit(Toy.Options, rows).OutputWeights, model.OutputWeights);
        Assert.AreEqual("Left out 1 of 26 rows: of 1 the features or weight are missing or not finite.", lines.Single(line => line.Kind == ChannelMessageKind.Warning).RawMessage);
        Assert.HasCount(1, lines.Where(line => line.RawMessage == "Left out 1 of 26 rows, whose weight is 0.").ToArray());
    }

    [TestMethod]
    [DataRow(-1f, "-1")]
    [DataRow(float.PositiveInfinity, "Infinity")]
    public void A_weight_that_cannot_be_is_refused_with_its_row(float weight, string shown)
        => Assert.AreEqual($"Row 5 has the weight {shown} in 'Weight', but a weight must be finite and not be negative; mend the column, or give NaN for a row to leave out. [SPK2003]",
            Assert.ThrowsExactly<InvalidOperationException>(() => Fit(_weighted, Rows(row => row == 5 ? weight : 1))).Message);

    [TestMethod]
    public void Nothing_but_rows_of_weight_nought_is_nothing_to_train_on()
        => StringAssert.StartsWith(Assert.ThrowsExactly<InvalidOperationException>(() => Fit(_weighted, Rows(_ => 0))).Message, "There is nothing to train on: of 24 rows, 0 have no label, no features or a feature that is not a finite number, 24 weigh 0,");

    [TestMethod]
    public void A_weight_column_that_does_not_fit_is_named()
    {
        Refuses("Could not find weight column 'Worth'", Toy.Options with { ExampleWeightColumnName = "Worth" });
        Refuses("Schema mismatch for weight column 'Class': expected Single, got String", Toy.Options with { ExampleWeightColumnName = "Class" });
        Assert.AreEqual("ExampleWeightColumnName is empty, but it must name a column; leave it null where all rows count alike. [SPK1001]",
            Assert.ThrowsExactly<ArgumentException>(() => Toy.Options with { ExampleWeightColumnName = "" } is var wrong ? Fit(wrong, Rows(_ => 1)) : null!).Message);
    }

    [TestMethod]
    public void Class_weights_of_other_classes_are_refused()
        => Assert.AreEqual("ClassWeights names the class 'd', but the label knows 'a', 'b', 'c'; call it as the label does. [SPK1002]",
            Assert.ThrowsExactly<ArgumentException>(() => Fit(Toy.Options with { ClassWeights = ClassWeights.Of(("d", 2)) }, Rows(_ => 1))).Message);

    [TestMethod]
    public void Class_weights_are_stored_with_the_model()
    {
        IDataView data = Keyed(Rows(_ => 1));
        SpikingNetworkTransformer model = _ml.MulticlassClassification.Trainers.SpikingNetwork(_weighted with { ClassWeights = ClassWeights.Of(("c", 3), ("a", 2)) }).Fit(data);

        var loaded = (SpikingNetworkTransformer)EstimatorChecks.SavedAndLoaded(_ml, model, data.Schema, out _);

        Assert.AreEqual(model.Model.Training.Recipe, loaded.Model.Training.Recipe);
        Assert.AreEqual(3, ((GivenWeights)loaded.Model.Training.Recipe!.ClassWeights!).Weights["c"]);
    }

    private SpikingModel Fit(SpikingNetworkOptions options, Weighed[] rows) => _ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(Keyed(rows)).Model;

    private void Refuses(string expected, SpikingNetworkOptions options)
        => StringAssert.Contains(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Fit(options, Rows(_ => 1))).Message, expected);

    private IDataView Keyed(Weighed[] rows)
    {
        IDataView all = _ml.Data.LoadFromEnumerable(Toy.Samples(3));
        return _ml.Transforms.Conversion.MapValueToKey("Label", "Class").Fit(all).Transform(_ml.Data.LoadFromEnumerable(rows));
    }

    private static Weighed[] Rows(Func<int, float> weight) => [.. Toy.Samples(24).Select(sample => new Weighed { Class = sample.Class, Features = sample.Features, Weight = weight(sample.Id) })];

    private sealed class Weighed
    {
        public string Class { get; set; } = "";

        [VectorType(Toy.Inputs)]
        public float[] Features { get; set; } = [];

        public float Weight { get; set; }
    }
}
