using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Tests.Model;

namespace Microsoft.ML.Spiking.Tests.Competition;

[TestClass]
public class WinnerTakeAllFeaturesTests
{
    private static readonly MLContext s_ml = new(seed: 1);

    private static readonly WinnerTakeAllOptions s_options = new()
    {
        Network = new() { Neurons = 12, TimeSteps = 60, MaximumProbability = 0.3 }, Learning = new() { LearningRate = 0.1, FinalLearningRate = 0.01, MeanWeight = 0.3 },
        Epochs = 10, Seed = 1,
    };

    private static readonly Lazy<WinnerTakeAllFeaturesTransformer> s_learnt = new(() => Estimator(s_options).Fit(Toy.Data(s_ml, 60)));

    [TestMethod]
    public void It_learns_what_the_trainer_learns_from_rows_without_a_column_of_labels()
    {
        IDataView rows = Toy.Data(s_ml, 60), unlabelled = s_ml.Transforms.DropColumns("Label", "Class").Fit(rows).Transform(rows);
        WinnerTakeAllModel trained = s_ml.MulticlassClassification.Trainers.WinnerTakeAll(s_options).Fit(rows).Model, its = Estimator(s_options).Fit(unlabelled).Model;
        CollectionAssert.AreEqual(trained.Weights, its.Weights);
        CollectionAssert.AreEqual(trained.Thresholds, its.Thresholds);
        Assert.AreEqual((60L, 0L, 0), (its.Rows, its.LabelledRows, its.Classes));
        Assert.IsTrue(its.NeuronClasses.All(speaksFor => speaksFor == -1));
    }

    [TestMethod]
    public void Neurons_inhibit_each_other_a_tenth_as_much_as_in_learning_unless_told_otherwise()
    {
        Assert.AreEqual(7, s_learnt.Value.Model.Network.ScoringInhibition);
        Assert.AreEqual(0.5, Estimator(s_options with { Network = s_options.Network with { ScoringInhibition = 0.5 } }).Fit(Toy.Data(s_ml)).Model.Network.ScoringInhibition);
    }

    [TestMethod]
    public void A_feature_is_how_often_a_neuron_has_fired()
    {
        IDataView rows = Toy.Data(s_ml);
        WinnerTakeAllOptions gentle = s_options with { Network = s_options.Network with { ScoringInhibition = 7 } };
        float[][] rates = Views.Vectors(s_ml.MulticlassClassification.Trainers.WinnerTakeAll(gentle).Fit(Toy.Data(s_ml, 60)).Transform(rows), "SpikeRate");
        float[][] spikes = Views.Vectors(s_learnt.Value.Transform(rows), "Spikes");
        Assert.IsTrue(spikes.All(row => row.Sum() > 0));
        for (int row = 0; row < rates.Length; row++) CollectionAssert.AreEqual(Array.ConvertAll(rates[row], rate => MathF.Round(60 * rate)), spikes[row]);
    }

    [TestMethod]
    public void Who_has_not_fired_takes_no_place()
    {
        IDataView rows = s_learnt.Value.Transform(Toy.Data(s_ml));
        foreach (VBuffer<float> spikes in rows.GetColumn<VBuffer<float>>("Spikes"))
        {
            Assert.AreEqual(12, spikes.Length);
            Assert.IsLessThan(12, spikes.GetValues().Length);
            Assert.IsTrue(spikes.GetValues().ToArray().All(count => count > 0));
        }
    }

    [TestMethod]
    public void A_row_with_a_feature_missing_has_none()
    {
        IDataView rows = s_learnt.Value.Transform(Toy.Keyed(s_ml, Toy.Samples(2).Select((sample, row)
            => row == 0 ? sample : new Sample { Class = sample.Class, Features = [.. sample.Features[1..], float.NaN] })));
        float[][] spikes = Views.Vectors(rows, "Spikes");
        Assert.IsTrue(spikes[0].All(float.IsFinite));
        Assert.IsTrue(spikes[1].All(float.IsNaN));
    }

    [TestMethod]
    public void A_trainer_reads_them_that_knows_the_labels_of_few_rows()
    {
        IDataView few = Toy.Data(s_ml, 12), unseen = Toy.Keyed(s_ml, Toy.Samples(120)[60..]);
        var readout = s_ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(featureColumnName: "Spikes").Fit(s_learnt.Value.Transform(few));
        Assert.IsGreaterThan(0.9, s_ml.MulticlassClassification.Evaluate(readout.Transform(s_learnt.Value.Transform(unseen))).MicroAccuracy);
    }

    [TestMethod]
    public void The_less_they_do_the_more_answer_a_row_and_what_is_learnt_stays()
    {
        WinnerTakeAllFeaturesTransformer strict = Estimator(s_options with { Network = s_options.Network with { ScoringInhibition = 70 } }).Fit(Toy.Data(s_ml, 60));
        CollectionAssert.AreEqual(s_learnt.Value.Model.Weights, strict.Model.Weights);
        Assert.IsGreaterThan(Answering(strict), Answering(s_learnt.Value));

        static int Answering(WinnerTakeAllFeaturesTransformer layer)
            => Views.Vectors(layer.Transform(Toy.Data(s_ml)), "Spikes").Sum(spikes => spikes.Count(count => count > 0));
    }

    [TestMethod]
    public void Saved_in_a_pipeline_and_loaded_it_is_the_same()
    {
        IDataView rows = Toy.Data(s_ml);
        byte[] file = ModelZip.Save(s_ml, s_learnt.Value, rows.Schema);
        var loaded = (WinnerTakeAllFeaturesTransformer)s_ml.Model.LoadChecked(new MemoryStream(file), out _, ModelComponents.Spiking);
        WinnerTakeAllModel was = s_learnt.Value.Model, its = loaded.Model;
        Assert.AreEqual(("Spikes", "Features"), (loaded.OutputColumnName, loaded.InputColumnName));
        Assert.AreEqual((was.Network, was.Learning, was.Rows, was.Gain, was.Classes), (its.Network, its.Learning, its.Rows, its.Gain, its.Classes));
        CollectionAssert.AreEqual(was.Weights, its.Weights);
        float[][] expected = Views.Vectors(s_learnt.Value.Transform(rows), "Spikes"), spikes = Views.Vectors(loaded.Transform(rows), "Spikes");
        for (int row = 0; row < spikes.Length; row++) CollectionAssert.AreEqual(expected[row], spikes[row]);
    }

    [TestMethod]
    public void A_model_of_features_that_speaks_of_classes_is_refused()
    {
        byte[] file = ModelZip.With(ModelZip.Save(s_ml, s_learnt.Value, Toy.Data(s_ml).Schema), "Layer.json", bytes => System.Text.Encoding.UTF8.GetBytes(
            System.Text.Encoding.UTF8.GetString(bytes).Replace("\"Classes\": 0", "\"Classes\": 3", StringComparison.Ordinal)));
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => s_ml.Model.LoadChecked(new MemoryStream(file), out _, ModelComponents.Spiking)).Message,
            "an input or classes that cannot be");
    }

    [TestMethod]
    public void An_input_may_be_called_as_another_trainers_output_is()
    {
        IDataView rows = s_ml.Transforms.CopyColumns("Score", "Features").Fit(Toy.Data(s_ml)).Transform(Toy.Data(s_ml));
        WinnerTakeAllFeaturesTransformer made = s_ml.Transforms.WinnerTakeAllFeatures("Label", "Score", s_options).Fit(rows);
        var loaded = (WinnerTakeAllFeaturesTransformer)ModelZip.Load(ModelZip.Save(s_ml, made, rows.Schema));
        CollectionAssert.AreEqual(Views.Vectors(made.Transform(rows), "Label")[0], Views.Vectors(loaded.Transform(rows), "Label")[0]);
    }

    [TestMethod]
    public void What_cannot_be_is_said_at_the_door()
    {
        Assert.AreEqual("A column's name of the winner-take-all features is empty. [SPK1001]",
            Assert.ThrowsExactly<ArgumentException>(() => s_ml.Transforms.WinnerTakeAllFeatures(" ", "Features")).Message);
        Assert.AreEqual("Network.Neurons is 0, but it must be greater than 0. [SPK1001]",
            Assert.ThrowsExactly<ArgumentException>(() => s_ml.Transforms.WinnerTakeAllFeatures("Spikes", "Features", neurons: 0)).Message);
        IDataView missing = Toy.Keyed(s_ml, Toy.Samples(5).Select(sample => new Sample { Class = sample.Class, Features = [.. sample.Features[1..], float.NaN] }));
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => Estimator(s_options).Fit(missing)).Message, "of 5 rows none has features");
    }

    private static WinnerTakeAllFeaturesEstimator Estimator(WinnerTakeAllOptions options) => s_ml.Transforms.WinnerTakeAllFeatures("Spikes", "Features", options);
}
