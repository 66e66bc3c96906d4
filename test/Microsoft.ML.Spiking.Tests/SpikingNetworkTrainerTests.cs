using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests;

[TestClass]
public class SpikingNetworkTrainerTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void A_column_that_does_not_fit_is_named_with_what_it_should_be()
    {
        IDataView data = Toy.Data(_ml);
        Says("Could not find feature column 'Pixels'", Toy.Options with { FeatureColumnName = "Pixels" }, data);
        Says("Could not find label column 'Digit'", Toy.Options with { LabelColumnName = "Digit" }, data);
        Says("Schema mismatch for label column 'Class': expected Key<UInt32>, as MapValueToKey makes it of text or numbers, got String", Toy.Options with { LabelColumnName = "Class" }, data);
        Says("Schema mismatch for feature column 'Id': expected Vector<Single> of a known size or Vector<Boolean, [time, inputs]>, got Int32", Toy.Options with { FeatureColumnName = "Id" }, data);
    }

    [TestMethod]
    public void One_row_one_class_and_no_rows_have_words_of_their_own()
    {
        Refuses("There is one row to train on, and it is of class 'b', but training tells two classes or more apart; give rows of other classes too. [SPK2002]", Toy.Keyed(_ml, Toy.Samples(2).Skip(1)));
        Refuses("All 4 rows to train on are of class 'a', but training tells two classes or more apart; give rows of other classes too. [SPK2002]", Toy.Keyed(_ml, Toy.Samples(12).Where(sample => sample.Class == "a")));
        Refuses("There is nothing to train on: the data have no row at all; see what the steps before leave of them. [SPK2002]", Toy.Keyed(_ml, []));

        IDataView rows = _ml.Data.LoadFromEnumerable(Toy.Samples(12).Where(sample => sample.Class == "c")), none = _ml.Data.LoadFromEnumerable(Toy.Samples(0));
        Refuses("All 4 rows to train on are of class 'c', but", _ml.Transforms.Conversion.MapValueToKey("Label", "Class").Fit(rows).Transform(rows));
        Refuses("There is nothing to train on: the data have no row at all", _ml.Transforms.Conversion.MapValueToKey("Label", "Class").Fit(none).Transform(none));
        Refuses("There is one row to train on, and it is of class '0', but", _ml.Data.LoadFromEnumerable([new OneClass { Label = 0 }]));
    }

    [TestMethod]
    public void Labels_that_are_all_0_in_memory_are_one_class_and_not_missing()
    {
        IEnumerable<ThreeClasses> rows = Enumerable.Range(0, 8).Select(_ => new ThreeClasses());

        Refuses("All 8 rows to train on are of class '0', but training tells two classes or more apart; give rows of other classes too, and where labels are missing, know that a key in memory counts from 0: "
            + "0 is the first class, and a number beyond the last is none. [SPK2002]", _ml.Data.LoadFromEnumerable(rows));
    }

    [TestMethod]
    public void A_key_beyond_its_type_is_counted_where_it_is_left_out()
    {
        var lines = new List<string>();
        _ml.Log += (_, line) =>
        {
            if (line.Kind == Runtime.ChannelMessageKind.Warning) lines.Add(line.RawMessage);
        };
        IEnumerable<ThreeClasses> rows = Enumerable.Range(0, 8).Select(row => new ThreeClasses { Label = (uint)(row % 4) });

        SpikingModel model = _ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options).Fit(_ml.Data.LoadFromEnumerable(rows)).Model;

        Assert.AreEqual(6, model.Training.Rows);
        Assert.Contains("Left out 2 of 8 rows: of 2 the label is missing, or none that Key<UInt32, 0-2> counts.", lines);
    }

    [TestMethod]
    public void Without_rows_there_is_nothing_to_train_on()
    {
        IDataView none = Toy.Keyed(_ml, []);

        var refusal = Assert.ThrowsExactly<InvalidOperationException>(() => _ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options).Fit(none));
        StringAssert.StartsWith(refusal.Message, "There is nothing to train on: the data have no row at all;");
    }

    [TestMethod]
    public void A_validation_set_without_rows_is_refused_as_what_it_is()
    {
        var refusal = Assert.ThrowsExactly<InvalidOperationException>(
            () => _ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options with { ValidationSet = Toy.Keyed(_ml, []) }).Fit(Toy.Data(_ml)));
        StringAssert.StartsWith(refusal.Message, "There is nothing to validate on: the data have no row at all;");
    }

    [TestMethod]
    public void It_learns_three_classes_without_a_fault()
    {
        IDataView unseen = Toy.Keyed(_ml, Toy.Samples(84).Skip(24));

        MulticlassClassificationMetrics metrics = _ml.MulticlassClassification.Evaluate(Toy.Trained.Transform(unseen));

        Assert.AreEqual(1, metrics.MicroAccuracy, metrics.ConfusionMatrix.GetFormattedConfusionTable());
    }

    [TestMethod]
    public void The_catalog_has_it_by_the_usual_column_names()
    {
        IDataView data = Toy.Data(_ml);

        SchemaShape promised = _ml.MulticlassClassification.Trainers.SpikingNetwork().GetOutputSchema(EstimatorChecks.Shape(data.Schema));

        CollectionAssert.AreEquivalent(new[] { "Id", "Class", "Features", "Label", "PredictedLabel", "Score", "SpikeRate" }, promised.Select(c => c.Name).ToArray());
    }

    [TestMethod]
    public void The_numbers_that_people_vary_most_need_no_options()
    {
        IDataView data = Toy.Data(_ml);

        SpikingModel small = _ml.MulticlassClassification.Trainers.SpikingNetwork(columns: 3, neuronsPerColumn: 10, timeSteps: 5, epochs: 2).Fit(data).Model;

        Assert.AreEqual((3, 10, 5, 2), (small.Network.ColumnLayers[0].Columns, small.Network.ColumnLayers[0].NeuronsPerColumn, small.Network.TimeSteps, small.Training.Recipe!.Epochs));
    }

    [TestMethod]
    public void Left_out_they_are_as_in_options()
    {
        IDataView data = Toy.Data(_ml);

        SpikingModel named = _ml.MulticlassClassification.Trainers.SpikingNetwork(epochs: 1).Fit(data).Model;
        SpikingModel options = _ml.MulticlassClassification.Trainers.SpikingNetwork(new SpikingNetworkOptions { Epochs = 1 }).Fit(data).Model;

        Assert.AreEqual(options.Network, named.Network);
        Assert.AreEqual(options.Training.Recipe, named.Training.Recipe);
    }

    public static IEnumerable<object[]> Impossible =>
    [
        [Toy.Options with { Network = Toy.Options.Network.EachLayer(layer => layer with { ExcitatoryGain = double.NaN }) }, "ExcitatoryGain is NaN, but it must be finite and not be negative. [SPK1001]"],
        [Toy.Options with { Optimiser = new AdamW { Beta1 = 1 } }, "Optimiser.Beta1 is 1, but it must be at least 0 and less than 1. [SPK1001]"],
        [Toy.Options with { Optimiser = new AdamW { InterWeightFactor = -1 } }, "Optimiser.InterWeightFactor is -1, but it must not be negative. [SPK1001]"],
        [Toy.Options with { ValidationInterval = 5 }, "ValidationInterval is 5, but there are no validation rows to measure on; set ValidationSet or ValidationFraction, or leave it null. [SPK1001]"],
        [Toy.Options with { Network = Toy.Options.Network with { EvaluationCode = null! } }, "EvaluationCode is null, but there must be one; leave it out for the default. [SPK1001]"],
    ];

    [TestMethod]
    [DynamicData(nameof(Impossible))]
    public void What_no_network_can_be_is_said_at_the_door(SpikingNetworkOptions options, string sentence)
        => Assert.AreEqual(sentence, Assert.ThrowsExactly<ArgumentException>(() => new MLContext().MulticlassClassification.Trainers.SpikingNetwork(options)).Message);

    [TestMethod]
    public void A_code_that_chooses_none_of_so_few_inputs_is_refused()
    {
        var ml = new MLContext(seed: 1);
        var refusal = Assert.ThrowsExactly<ArgumentException>(() => ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options with { Network = Toy.Options.Network with { Code = new TopKCode { Fraction = 0.1 } } }).Fit(Toy.Data(ml)));
        Assert.AreEqual("The code chooses the largest of the inputs, a Fraction of 0.1, but of 7 inputs that is none; make it at least 0.143. [SPK1002]", refusal.Message);
    }

    [TestMethod]
    public void A_training_that_diverges_says_so()
    {
        var ml = new MLContext(seed: 1);
        // No option alone makes a gradient infinite; features a thousand million times larger than the code is told do.
        SpikingNetworkOptions wild = Toy.Options with { Network = Toy.Options.Network with { Code = new SigmoidCode { Mean = 0.5, Deviation = 1e-12 } } };
        IDataView huge = Toy.Keyed(ml, Toy.Samples(24).Select(sample => new Sample { Class = sample.Class, Features = [.. sample.Features.Select(value => value * 1e38f)] }));
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => ml.MulticlassClassification.Trainers.SpikingNetwork(wild).Fit(huge)).Message, "training has diverged; lower Optimiser.LearningRate");
    }

    [TestMethod]
    public void A_threshold_that_nothing_reaches_is_stored_with_the_model()
    {
        var ml = new MLContext(seed: 1);
        SpikingNetworkTransformer model = ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options with { Network = Toy.Options.Network.EachLayer(layer => layer with { StructuralPlasticity = new StructuralPlasticity { FormationThreshold = double.PositiveInfinity } }) }).Fit(Toy.Data(ml));
        using var stream = new MemoryStream();
        ml.Model.Save(model, Toy.Data(ml).Schema, stream);
        stream.Position = 0;
        var loaded = (SpikingNetworkTransformer)ml.Model.Load(stream, out _);
        Assert.AreEqual(double.PositiveInfinity, loaded.Model.Network.ColumnLayers[0].StructuralPlasticity!.FormationThreshold);
    }

    [TestMethod]
    public void Options_that_cannot_be_are_refused_at_once()
    {
        var refusal = Assert.ThrowsExactly<ArgumentException>(() => _ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options with { BatchSize = 0 }));
        Assert.AreEqual("BatchSize is 0, but it must be greater than 0, or null to be chosen by the number of rows. [SPK1001]", refusal.Message);
    }

    private void Refuses(string sentence, IDataView data)
        => StringAssert.StartsWith(Assert.ThrowsExactly<InvalidOperationException>(() => _ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options).Fit(data)).Message, sentence, StringComparison.Ordinal);

    private void Says(string expected, SpikingNetworkOptions options, IDataView data)
    {
        var refusal = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(data));
        StringAssert.Contains(refusal.Message, expected);
        Assert.AreEqual("inputSchema", refusal.ParamName);
    }

    private sealed class ThreeClasses
    {
        [KeyType(3)]
        public uint Label { get; set; }

        [VectorType(2)]
        public float[] Features { get; set; } = [0, 1];
    }

    private sealed class OneClass
    {
        [KeyType(1)]
        public uint Label { get; set; }

        [VectorType(2)]
        public float[] Features { get; set; } = [0, 1];
    }
}
