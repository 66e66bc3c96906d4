using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Tests.Model;

namespace Microsoft.ML.Spiking.Tests.Competition;

[TestClass]
public class WinnerTakeAllTrainerTests
{
    private static readonly MLContext s_ml = new(seed: 1);

    private static readonly WinnerTakeAllOptions s_options = new()
    {
        Network = new() { Neurons = 12, TimeSteps = 60, MaximumProbability = 0.3 }, Learning = new() { LearningRate = 0.1, FinalLearningRate = 0.01, MeanWeight = 0.3 },
        Epochs = 10, Seed = 1,
    };

    private static readonly Lazy<WinnerTakeAllTransformer> s_trained = new(() => Trainer(s_options).Fit(Toy.Data(s_ml, 60)));

    [TestMethod]
    public void Neurons_that_have_learnt_without_labels_tell_classes_apart()
    {
        IDataView unseen = Toy.Keyed(s_ml, Toy.Samples(120)[60..]);
        MulticlassClassificationMetrics metrics = s_ml.MulticlassClassification.Evaluate(s_trained.Value.Transform(unseen));
        Assert.IsGreaterThan(0.9, metrics.MicroAccuracy);
        Assert.IsLessThan(0.8, metrics.LogLoss, "shares mean something, and no row has none");
    }

    [TestMethod]
    [RequiresMnist]
    public void A_hundred_neurons_learn_digits_in_seconds()
    {
        IDataView train = s_ml.Data.TakeRows(Mnist.Training(s_ml), 12_000), kept = s_ml.Data.TakeRows(s_ml.Data.SkipRows(Mnist.Training(s_ml), 50_000), 2000);
        var options = new WinnerTakeAllOptions { Network = new() { Neurons = 100 }, Epochs = 1, Seed = 1 };
        Assert.IsGreaterThan(0.75, s_ml.MulticlassClassification.Evaluate(Trainer(options).Fit(train).Transform(kept)).MicroAccuracy);
    }

    [TestMethod]
    public void Labels_change_no_weight_and_no_threshold()
    {
        Sample[] samples = Toy.Samples(30);
        IDataView other = Toy.Keyed(s_ml, samples.Select((sample, row) => new Sample { Class = "abc"[row % 2].ToString(), Features = sample.Features }));
        WinnerTakeAllModel first = Trainer(s_options).Fit(Toy.Keyed(s_ml, samples)).Model, second = Trainer(s_options).Fit(other).Model;
        CollectionAssert.AreEqual(first.Weights, second.Weights);
        CollectionAssert.AreEqual(first.Thresholds, second.Thresholds);
        CollectionAssert.AreNotEqual(first.ClassSpikes, second.ClassSpikes);
    }

    [TestMethod]
    [RequiresMnist]
    public void Rewards_make_neurons_surer_of_their_classes()
    {
        IDataView train = s_ml.Data.TakeRows(Mnist.Training(s_ml), 12_000), kept = s_ml.Data.TakeRows(s_ml.Data.SkipRows(Mnist.Training(s_ml), 50_000), 2000);
        var options = new WinnerTakeAllOptions { Network = new() { Neurons = 100 }, Epochs = 1, Seed = 1 };
        double Accuracy(WinnerTakeAllOptions its) => s_ml.MulticlassClassification.Evaluate(Trainer(its).Fit(train).Transform(kept)).MicroAccuracy;

        Assert.IsGreaterThan(Accuracy(options) + 0.02, Accuracy(options with { Learning = new() { Reward = new() } }));
    }

    [TestMethod]
    public void A_model_remembers_how_it_was_rewarded()
    {
        WinnerTakeAllOptions rewarded = s_options with { Epochs = 2, Learning = s_options.Learning with { Reward = new() { Punishment = 3, Start = 0.5 } } };
        IDataView rows = Toy.Data(s_ml, 20);
        WinnerTakeAllTransformer trained = Trainer(rewarded).Fit(rows);
        var loaded = (WinnerTakeAllTransformer)ModelZip.Load(ModelZip.Save(s_ml, trained, rows.Schema));
        Assert.AreEqual(rewarded.Learning, loaded.Model.Learning);
        CollectionAssert.AreEqual(trained.Model.Weights, loaded.Model.Weights);
    }

    [TestMethod]
    public void A_punishment_that_takes_more_than_a_weight_is_refused()
    {
        string words = Assert.Throws<ArgumentException>(() => Trainer(s_options with { Learning = s_options.Learning with { Reward = new() { Punishment = 11 } } })).Message;
        StringAssert.Contains(words, "Learning.Reward.Punishment is 11 and the learning rate up to 0.1, but their product must be at most 1");
    }

    [TestMethod]
    public void Features_that_read_no_label_cannot_be_rewarded()
        => StringAssert.Contains(
            Assert.Throws<ArgumentException>(() => s_ml.Transforms.WinnerTakeAllFeatures("Spikes", "Features", new WinnerTakeAllOptions { Learning = new() { Reward = new() } })).Message,
            "Learning.Reward is given, but the winner-take-all features read no label");

    [TestMethod]
    public void Rows_without_a_label_are_learnt_from_and_not_asked()
    {
        Sample[] samples = Toy.Samples(60);
        // A class that the key does not know is a missing label.
        IDataView few = Toy.Keyed(s_ml, samples.Select((sample, row) => new Sample { Class = row < 12 ? sample.Class : "?", Features = sample.Features }));
        WinnerTakeAllModel all = s_trained.Value.Model;
        WinnerTakeAllTransformer trained = Trainer(s_options).Fit(few);
        CollectionAssert.AreEqual(all.Weights, trained.Model.Weights);
        Assert.AreEqual(60, trained.Model.Rows);
        Assert.AreEqual(12, trained.Model.LabelledRows);
        Assert.IsGreaterThan(0.8, s_ml.MulticlassClassification.Evaluate(trained.Transform(Toy.Data(s_ml, 60))).MicroAccuracy);
    }

    [TestMethod]
    public void Without_any_label_it_says_so()
    {
        IDataView none = Toy.Keyed(s_ml, Toy.Samples(5).Select(sample => new Sample { Class = "?", Features = sample.Features }));
        string words = Assert.ThrowsExactly<InvalidOperationException>(() => Trainer(s_options).Fit(none)).Message;
        StringAssert.StartsWith(words, "None of 5 rows has a label, but without any no neuron can speak for a class;");
        StringAssert.EndsWith(words, "[SPK2002]");
    }

    [TestMethod]
    public void Labels_of_one_class_alone_say_nothing()
    {
        IDataView one = Toy.Keyed(s_ml, Toy.Samples(6).Select((sample, row) => new Sample { Class = row < 4 ? "b" : "?", Features = sample.Features }));
        StringAssert.StartsWith(Assert.ThrowsExactly<InvalidOperationException>(() => Trainer(s_options).Fit(one)).Message,
            "All 4 rows with a label are of class 'b', so that every neuron would speak for it; give rows of other classes too. [SPK2002]");
    }

    [TestMethod]
    public void Rows_that_show_nothing_cannot_be_learnt_from()
    {
        IDataView dark = Toy.Keyed(s_ml, Toy.Samples(5).Select(sample => new Sample { Class = sample.Class, Features = new float[Toy.Inputs] }));
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => Trainer(s_options).Fit(dark)).Message, "no input ever spikes");
        IDataView missing = Toy.Keyed(s_ml, Toy.Samples(5).Select(sample => new Sample { Class = sample.Class, Features = [.. sample.Features[1..], float.NaN] }));
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => Trainer(s_options).Fit(missing)).Message, "of 5 rows none has features");
    }

    [TestMethod]
    public void A_row_with_a_feature_missing_has_no_answer()
    {
        IDataView rows = s_trained.Value.Transform(Toy.Keyed(s_ml, Toy.Samples(2).Select((sample, row)
            => row == 0 ? sample : new Sample { Class = sample.Class, Features = [.. sample.Features[1..], float.NaN] })));
        Prediction[] answers = [.. s_ml.Data.CreateEnumerable<Prediction>(rows, reuseRowObject: false, ignoreMissingColumns: true)];
        Assert.AreNotEqual(0u, answers[0].PredictedLabel);
        Assert.AreEqual(1, answers[0].Score.Sum(), 1e-5);
        Assert.AreEqual(0u, answers[1].PredictedLabel);
        Assert.IsTrue(answers[1].Score.All(float.IsNaN) && answers[1].SpikeRate.All(float.IsNaN));
    }

    [TestMethod]
    public void Spike_rates_are_spikes_by_time_steps()
    {
        IDataView rows = s_trained.Value.Transform(Toy.Data(s_ml));
        foreach (float[] rates in rows.GetColumn<float[]>("SpikeRate"))
        {
            Assert.HasCount(12, rates);
            Assert.IsTrue(rates.All(rate => MathF.Abs(rate * 60 - MathF.Round(rate * 60)) < 1e-4f));
        }
        Assert.IsGreaterThan(0, rows.GetColumn<float[]>("SpikeRate").Sum(rates => rates.Sum()));
    }

    [TestMethod]
    public void Other_trainers_read_its_rates()
    {
        WinnerTakeAllTransformer layer = s_trained.Value;
        var readout = s_ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(featureColumnName: "SpikeRate").Fit(layer.Transform(Toy.Data(s_ml, 60)));
        Assert.IsGreaterThan(0.9, s_ml.MulticlassClassification.Evaluate(readout.Transform(layer.Transform(Toy.Data(s_ml, 60)))).MicroAccuracy);
    }

    [TestMethod]
    public void A_prediction_engine_says_what_the_view_says_on_any_thread()
    {
        var engine = s_ml.Model.CreatePredictionEngine<Sample, Prediction>(s_trained.Value);
        Sample[] samples = Toy.Samples(8);
        float[][] scores = [.. s_trained.Value.Transform(Toy.Keyed(s_ml, samples)).GetColumn<float[]>("Score")];
        for (int row = 0; row < samples.Length; row++) CollectionAssert.AreEqual(scores[row], engine.Predict(samples[row]).Score);
    }

    [TestMethod]
    public void Saved_and_loaded_it_is_the_same_model()
    {
        byte[] file = ModelZip.Save(s_ml, s_trained.Value, Toy.Data(s_ml).Schema);
        var loaded = (WinnerTakeAllTransformer)s_ml.Model.LoadChecked(new MemoryStream(file), out _, ModelComponents.Spiking);
        WinnerTakeAllModel was = s_trained.Value.Model, its = loaded.Model;
        Assert.AreEqual(was.Network, its.Network);
        Assert.AreEqual(was.Learning, its.Learning);
        Assert.AreEqual((was.Epochs, was.Seed, was.Rows, was.LabelledRows, was.Gain, was.Classes), (its.Epochs, its.Seed, its.Rows, its.LabelledRows, its.Gain, its.Classes));
        CollectionAssert.AreEqual(was.Weights, its.Weights);
        CollectionAssert.AreEqual(was.Thresholds, its.Thresholds);
        CollectionAssert.AreEqual(was.ClassSpikes, its.ClassSpikes);
        CollectionAssert.AreEqual(was.ClassShares, its.ClassShares);
        CollectionAssert.AreEqual((string[])["a", "b", "c"], loaded.ClassNames);
    }

    [TestMethod]
    public void Votes_are_means_of_a_class_or_shares_of_a_neuron()
    {
        // Neurons 0 and 1 speak for class 0, neuron 2 for class 1; neuron 3 for nobody.
        WinnerTakeAllModel model = s_trained.Value.Model with
        {
            Network = s_options.Network with { Neurons = 4 }, Classes = 2, ClassSpikes = [3, 1, 2, 0, 1, 4, 0, 0], ClassShares = [0.5f, 0.5f],
        };
        CollectionAssert.AreEqual((int[])[0, 0, 1, -1], model.NeuronClasses);
        // Class 0 has (1 + 2) / 2, class 1 has 1; of four spikes 2.4 and 1.6, and 0.005 beside each.
        Reads(model, [1, 2, 1, 0], 2.405 / 4.01, 1.605 / 4.01);
        // Neuron 0 gives class 0 three quarters, neuron 2 a fifth.
        Reads(model with { Network = model.Network with { Vote = ClassVote.Shares } }, [1, 0, 1, 0], (0.75 + 0.2 + 0.005) / 2.01, (0.25 + 0.8 + 0.005) / 2.01);
        Reads(model, [0, 0, 0, 0], 0.5, 0.5);
        Reads(model, [0, 0, 0, 5], 0.5, 0.5);
    }

    [TestMethod]
    public void It_tells_how_far_it_is()
    {
        var reports = new List<WinnerTakeAllProgress>();
        Trainer(s_options with { Epochs = 2, ProgressInterval = 20, Progress = new Told(reports.Add) }).Fit(Toy.Data(s_ml, 24));
        CollectionAssert.AreEqual((long[])[20, 24, 40, 48], reports.ConvertAll(report => report.Rows));
        CollectionAssert.AreEqual((int[])[1, 1, 2, 2], reports.ConvertAll(report => report.Epoch));
        Assert.IsTrue(reports.TrueForAll(report => report is { TotalRows: 48, Epochs: 2, SpikesPerRow: > 0, Adaptation: > 0, RowsPerSecond: > 0 }));
        StringAssert.StartsWith(reports[3].ToString(), "Epoch 2 of 2: 48 of 48 rows, ");
    }

    [TestMethod]
    public void It_ends_when_it_is_cancelled()
    {
        using var source = new CancellationTokenSource();
        var trainer = Trainer(s_options with { Epochs = 60_000, ProgressInterval = 100, Progress = new Told(_ => source.Cancel()), CancellationToken = source.Token });
        Assert.ThrowsExactly<OperationCanceledException>(() => trainer.Fit(Toy.Data(s_ml)));
    }

    [TestMethod]
    [DataRow("Network.Neurons is 0, but it must be greater than 0. [SPK1001]")]
    [DataRow("Network.MaximumProbability is 1.5, but it must lie between 1E-06 and 1. [SPK1001]")]
    [DataRow("Learning.LearningRate is 0.7, but it must lie between 1E-06 and 0.5. [SPK1001]")]
    [DataRow("Epochs is 0, but it must be greater than 0. [SPK1001]")]
    [DataRow("Learning is null, but there must be one; leave it out for the default. [SPK1001]")]
    public void What_cannot_be_is_said_at_the_door(string words)
    {
        WinnerTakeAllOptions options = words.Split(' ')[0] switch
        {
            "Network.Neurons" => s_options with { Network = new() { Neurons = 0 } },
            "Network.MaximumProbability" => s_options with { Network = new() { MaximumProbability = 1.5 } },
            "Learning.LearningRate" => s_options with { Learning = new() { LearningRate = 0.7 } },
            "Epochs" => s_options with { Epochs = 0 },
            _ => s_options with { Learning = null! },
        };
        Assert.AreEqual(words, Assert.ThrowsExactly<ArgumentException>(() => Trainer(options)).Message);
    }

    private static WinnerTakeAllTrainer Trainer(WinnerTakeAllOptions options) => s_ml.MulticlassClassification.Trainers.WinnerTakeAll(options);

    private static void Reads(WinnerTakeAllModel model, int[] counts, params double[] shares)
    {
        var read = new float[shares.Length];
        new Spiking.Competition.ClassReadout(model).Read(counts, read);
        for (int c = 0; c < shares.Length; c++) Assert.AreEqual(shares[c], read[c], 1e-6);
    }

    private sealed class Told(Action<WinnerTakeAllProgress> tell) : IProgress<WinnerTakeAllProgress>
    {
        public void Report(WinnerTakeAllProgress value) => tell(value);
    }
}
