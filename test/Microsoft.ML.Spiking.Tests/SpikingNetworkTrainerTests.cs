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
    public void A_label_of_one_class_is_refused()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new OneClass { Label = 0 }]);

        Says("a key of two classes or more", Toy.Options, data);
    }

    [TestMethod]
    public void Without_rows_there_is_nothing_to_train_on()
    {
        IDataView none = Toy.Keyed(_ml, []);

        var refusal = Assert.ThrowsExactly<InvalidOperationException>(() => _ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options).Fit(none));
        StringAssert.StartsWith(refusal.Message, "There is nothing to train on: of 0 rows, 0 have no label");
    }

    [TestMethod]
    public void A_validation_set_without_rows_is_refused_as_what_it_is()
    {
        var refusal = Assert.ThrowsExactly<InvalidOperationException>(
            () => _ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options with { ValidationSet = Toy.Keyed(_ml, []) }).Fit(Toy.Data(_ml)));
        StringAssert.StartsWith(refusal.Message, "There is nothing to validate on: of 0 rows, 0 have no label");
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

        Assert.AreEqual((3, 10, 5, 2), (small.Network.Layers[0].Columns, small.Network.Layers[0].NeuronsPerColumn, small.Network.TimeSteps, small.Training.Recipe!.Epochs));
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
        [Toy.Options with { Network = Toy.Options.Network with { EvaluationCode = null! } }, "EvaluationCode or Readout is null, but a network needs both; leave out what is to be as by default. [SPK1001]"],
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
        Assert.AreEqual("The code chooses the largest of the inputs, a fraction of 0.1, but of 7 inputs that is none; make it at least 0.143. [SPK1002]", refusal.Message);
    }

    [TestMethod]
    public void A_training_that_diverges_says_so()
    {
        var ml = new MLContext(seed: 1);
        SpikingNetworkOptions wild = Toy.Options with { Batches = 6, Optimiser = new AdamW { LearningRate = 1e38, GradientNormLimit = 1e30 } };
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => ml.MulticlassClassification.Trainers.SpikingNetwork(wild).Fit(Toy.Data(ml))).Message, "training has diverged; lower Optimiser.LearningRate");
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

    private void Says(string expected, SpikingNetworkOptions options, IDataView data)
    {
        var refusal = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(data));
        StringAssert.Contains(refusal.Message, expected);
        Assert.AreEqual("inputSchema", refusal.ParamName);
    }

    private sealed class OneClass
    {
        [KeyType(1)]
        public uint Label { get; set; }

        [VectorType(2)]
        public float[] Features { get; set; } = [0, 1];
    }
}
