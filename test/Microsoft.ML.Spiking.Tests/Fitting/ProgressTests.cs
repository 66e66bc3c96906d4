using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Fitting;

[TestClass]
public class ProgressTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly Reports _reports = new();

    [TestMethod]
    public void Every_interval_of_batches_and_every_epoch_is_reported_in_order()
    {
        // 24 rows in batches of 5: five batches an epoch, the last of four rows.
        Fit(Toy.Options with { Batches = null, Epochs = 2, BatchSize = 5, ProgressInterval = 2 });

        CollectionAssert.AreEqual(
            new[] { "batch 1/2 2/10", "batch 1/2 4/10", "epoch 1/2 5/10", "batch 2/2 6/10", "batch 2/2 8/10", "batch 2/2 10/10", "epoch 2/2 10/10" },
            _reports.All.Select(p => $"{(p is EpochProgress ? "epoch" : "batch")} {p.Epoch}/{p.Epochs} {p.Batches}/{p.TotalBatches}").ToArray());
    }

    [TestMethod]
    public void Reports_are_records_of_their_own()
    {
        Fit(Toy.Options with { Batches = null, Epochs = 2, ProgressInterval = 1 });

        Assert.HasCount(_reports.All.Count, _reports.All.Distinct().ToArray());
        foreach (TrainingProgress progress in _reports.All)
        {
            Assert.IsGreaterThan(0, progress.Loss);
            Assert.IsInRange(0d, 1d, progress.Accuracy);
            Assert.IsGreaterThan(0, progress.RowsPerSecond);
            foreach (var property in progress.GetType().GetProperties().Where(property => property.SetMethod is not null))
                CollectionAssert.Contains(property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers(), typeof(System.Runtime.CompilerServices.IsExternalInit), property.Name);
        }
        Assert.AreEqual(TimeSpan.Zero, _reports.All[^1].TimeLeft);
        Assert.IsGreaterThan(TimeSpan.Zero, _reports.All[0].TimeLeft);
    }

    [TestMethod]
    public void Updates_end_training_within_an_epoch()
    {
        SpikingModel model = Fit(Toy.Options with { Batches = 7, BatchSize = 5, ProgressInterval = 1 });

        Assert.AreEqual(7, model.Training.Batches);
        Assert.HasCount(7, _reports.All.OfType<BatchProgress>().ToArray());
        CollectionAssert.AreEqual(new[] { 5, 7 }, _reports.Epochs.Select(epoch => epoch.Batches).ToArray());
    }

    [TestMethod]
    public void The_learning_rate_follows_the_cosine_from_its_start_to_nearly_its_floor()
    {
        var rule = new AdamW { LearningRate = 0.01, FinalLearningRate = 0.001 };
        Fit(Toy.Options with { Batches = 4, ProgressInterval = 1, Optimiser = rule });

        // 0.001 + 0.009 · (1 + cos(π n / 4)) / 2 for n = 0 … 3.
        double[] expected = [0.01, 0.008682, 0.0055, 0.002318];
        double[] rates = [.. _reports.All.OfType<BatchProgress>().Select(batch => batch.LearningRate)];
        for (int i = 0; i < 4; i++) Assert.AreEqual(expected[i], rates[i], 1e-6);
    }

    [TestMethod]
    public void The_models_history_is_what_was_reported()
    {
        SpikingModel model = Fit(Toy.Options with { Batches = null, Epochs = 3, Seed = 11 });

        CollectionAssert.AreEqual(
            _reports.Epochs.Select(e => new EpochRecord(e.Epoch, e.Loss, e.Accuracy, e.ValidationAccuracy, e.SpikeRate, e.ConnectionDensity, e.LearningRate)
            {
                Clustering = e.Clustering, PathLength = e.PathLength, Formed = e.Formed, Pruned = e.Pruned, StdpShare = e.StdpShare,
            }).ToArray(),
            model.Training.History.ToArray());
        Assert.AreEqual(11, model.Training.Seed);
        Assert.AreEqual(24, model.Training.Rows);
        Assert.IsNull(model.Training.ValidationAccuracy);
        Assert.AreEqual("CPU", model.Provenance.Device);
    }

    [TestMethod]
    public void Accuracy_on_a_validation_set_is_what_Evaluate_finds_with_the_saved_model()
    {
        IDataView apart = Toy.Keyed(_ml, Toy.Samples(80).Skip(24));
        SpikingNetworkTransformer model = Trainer(Toy.Options with { Batches = null, Epochs = 4, ValidationSet = apart }).Fit(Toy.Data(_ml));

        double found = _ml.MulticlassClassification.Evaluate(model.Transform(apart)).MicroAccuracy;

        Assert.HasCount(4, _reports.Epochs.Where(epoch => epoch.ValidationAccuracy is not null).ToArray());
        Assert.AreEqual(found, _reports.Epochs[^1].ValidationAccuracy!.Value, 1e-9);
        Assert.AreEqual(found, model.Model.Training.ValidationAccuracy!.Value, 1e-9);
        Assert.AreEqual(24, model.Model.Training.Rows);
        Assert.IsNull(model.Model.Training.Recipe?.Augmentation);
    }

    [TestMethod]
    public void Looking_at_a_validation_set_changes_no_weight()
    {
        SpikingNetworkOptions options = Toy.Options with { Batches = null, Epochs = 3 };

        CollectionAssert.AreEqual(Fit(options).HiddenWeights, Fit(options with { ValidationSet = Toy.Data(_ml, rows: 9) }).HiddenWeights);
    }

    [TestMethod]
    public void Accuracy_is_measured_within_an_epoch_every_interval_of_batches()
    {
        // 24 rows in batches of 5: five batches an epoch; the tenth ends an epoch, which measures by itself.
        Fit(Toy.Options with { Batches = null, Epochs = 2, BatchSize = 5, ProgressInterval = 3, ValidationInterval = 2, ValidationSet = Toy.Data(_ml, rows: 9) });

        CollectionAssert.AreEqual(
            new[] { "batch 2 measured", "batch 3", "batch 4 measured", "epoch 5 measured", "batch 6 measured", "batch 8 measured", "batch 9", "epoch 10 measured" },
            _reports.All.Select(p => p is EpochProgress epoch
                ? $"epoch {p.Batches}{(epoch.ValidationAccuracy is null ? "" : " measured")}"
                : $"batch {p.Batches}{(((BatchProgress)p).ValidationAccuracy is null ? "" : " measured")}").ToArray());
    }

    [TestMethod]
    public void Measuring_within_an_epoch_changes_no_weight()
    {
        SpikingNetworkOptions options = Toy.Options with { Batches = 9, BatchSize = 5, ValidationSet = Toy.Data(_ml, rows: 9) };

        CollectionAssert.AreEqual(Fit(options).HiddenWeights, Fit(options with { ValidationInterval = 1 }).HiddenWeights);
    }

    [TestMethod]
    public void The_training_clock_goes_on_from_report_to_report()
    {
        SpikingModel model = Fit(Toy.Options with { Batches = 9, BatchSize = 5, ProgressInterval = 1, ValidationInterval = 2, ValidationSet = Toy.Data(_ml, rows: 9) });

        TimeSpan[] times = [.. _reports.All.Select(p => p.TrainingTime)];
        CollectionAssert.AreEqual(times.Order().ToArray(), times);
        Assert.IsGreaterThan(TimeSpan.Zero, times[0]);
        Assert.AreEqual(model.Provenance.Duration, times[^1]);
    }

    [TestMethod]
    public void A_fraction_for_validation_is_kept_out_of_training()
    {
        SpikingModel model = Trainer(Toy.Options with { ValidationFraction = 0.25 }).Fit(Toy.Data(_ml, rows: 200)).Model;

        // 50 expected, deviation √(200 · 0.25 · 0.75) = 6.1.
        Assert.AreEqual(150, model.Training.Rows, 25);
        double validation = (200 - model.Training.Rows) * model.Training.ValidationAccuracy!.Value;
        Assert.AreEqual(Math.Round(validation), validation, 1e-9, "a count of right rows out of those kept apart");
    }

    [TestMethod]
    public void A_validation_set_of_another_shape_is_refused()
    {
        IDataView other = _ml.Transforms.Concatenate("Features", "Features", "Features").Fit(Toy.Data(_ml)).Transform(Toy.Data(_ml));

        var refusal = Assert.ThrowsExactly<ArgumentException>(() => Fit(Toy.Options with { ValidationSet = other }));
        StringAssert.StartsWith(refusal.Message, "The validation set holds Vector<Single, 14> and 3 classes, the training set Vector<Single, 7> and 3; give");
    }

    private SpikingNetworkTrainer Trainer(SpikingNetworkOptions options) => _ml.MulticlassClassification.Trainers.SpikingNetwork(options with { Progress = _reports });

    private SpikingModel Fit(SpikingNetworkOptions options) => Trainer(options).Fit(Toy.Data(_ml)).Model;
}
