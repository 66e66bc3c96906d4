using Microsoft.ML.Spiking.Tests.Model;

namespace Microsoft.ML.Spiking.Tests.Fitting;

[TestClass]
public class EarlyStoppingTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(new[] { 0.5, 0.6, 0.6, 0.6 }, 3, 0.0, false, DisplayName = "two epochs without a gain")]
    [DataRow(new[] { 0.5, 0.6, 0.6, 0.6, 0.5 }, 3, 0.0, true, DisplayName = "three")]
    [DataRow(new[] { 0.5, 0.4, 0.3, 0.51 }, 3, 0.0, false, DisplayName = "a gain in time")]
    [DataRow(new[] { 0.5, 0.51, 0.52, 0.53 }, 3, 0.02, false, DisplayName = "small gains that add up to one")]
    [DataRow(new[] { 0.5, 0.51, 0.52, 0.515 }, 3, 0.02, true, DisplayName = "small gains that do not")]
    [DataRow(new double[0], 1, 0.0, false, DisplayName = "before the first epoch")]
    public void Patience_counts_epochs_since_the_last_gain(double[] accuracies, int patience, double gain, bool over)
        => Assert.AreEqual(over, new EarlyStopping { Patience = patience, MinimumGain = gain }.IsOver(accuracies));

    [TestMethod]
    public void Training_ends_when_patience_does_and_the_model_is_the_best_epochs()
    {
        // Its labels are wrong: the more is learnt, the worse.
        IDataView apart = Toy.Keyed(_ml, Toy.Samples(80).Skip(24).Select(sample => new Sample { Class = "bca"[sample.Id % 3].ToString(), Features = sample.Features }));
        SpikingNetworkOptions options = Toy.Able with { Batches = null, Epochs = 60, BatchSize = 24, Optimiser = new AdamW { LearningRate = 0.003 }, ValidationSet = apart, EarlyStopping = new EarlyStopping { Patience = 15 } };
        SpikingNetworkTransformer model = Fit(options);
        TrainingRecord training = model.Model.Training;
        double[] accuracies = [.. training.History.Select(epoch => epoch.ValidationAccuracy!.Value)];

        Assert.AreEqual(TrainingEnd.StoppedEarly, training.End);
        int best = Array.IndexOf(accuracies, accuracies.Max()) + 1;
        Assert.AreEqual(best, training.BestEpoch);
        Assert.AreEqual(best + 15, training.History.Count, "patience is 15");
        Assert.IsGreaterThan(accuracies[^1], accuracies.Max(), "the last epoch must be worse for this to tell anything");
        Assert.AreEqual(best, training.Batches, "one batch an epoch");
        Assert.AreEqual(training.History[best - 1].SpikeRate, training.SpikeRate);
        Assert.AreEqual(accuracies.Max(), training.ValidationAccuracy);
        Assert.AreEqual(accuracies.Max(), _ml.MulticlassClassification.Evaluate(model.Transform(apart)).MicroAccuracy, 1e-9);
        Assert.IsTrue(training.Journal.All(change => change.Batch <= training.Batches));
    }

    [TestMethod]
    public void The_best_epochs_weights_are_those_that_a_training_cancelled_there_returns()
    {
        SpikingNetworkOptions options = Toy.Able with { Network = Toy.Able.Network.EachLayer(layer => layer with { StructuralPlasticity = new StructuralPlasticity { Interval = 2, GracePeriod = 1 } }), Batches = null, Epochs = 12, ValidationFraction = 0.3 };
        SpikingModel best = Fit(options with { EarlyStopping = new EarlyStopping { Patience = 12 } }).Model;
        Assert.AreEqual(TrainingEnd.Completed, best.Training.End);
        Assert.IsLessThan(12, best.Training.BestEpoch!.Value, "the best epoch must not be the last for this to tell anything");

        using var source = new CancellationTokenSource();
        var reports = new Reports(progress =>
        {
            if (progress is EpochProgress && progress.Epoch == best.Training.BestEpoch) source.Cancel();
        });
        SpikingModel then = Fit(options with { Progress = reports, CancellationToken = source.Token, OnCancel = OnCancel.ReturnBestSoFar }).Model;

        CollectionAssert.AreEqual(then.OutputWeights.ToArray(), best.OutputWeights.ToArray());
        CollectionAssert.AreEqual(then.Layers[0].InputWeights.ToArray(), best.Layers[0].InputWeights.ToArray());
        CollectionAssert.AreEqual(then.Training.Journal.ToArray(), best.Training.Journal.ToArray());
        Assert.AreEqual(then.Layers[0].Topology.ToString(), best.Layers[0].Topology.ToString());
    }

    [TestMethod]
    public void One_trainer_stops_every_time_as_if_it_were_the_first()
    {
        SpikingNetworkTrainer trainer = Trainer(Toy.Able with { ValidationFraction = 0.3, Batches = null, Epochs = 10, EarlyStopping = new EarlyStopping { Patience = 2 } });

        CollectionAssert.AreEqual(trainer.Fit(Toy.Data(_ml)).Model.Training.History.ToArray(), trainer.Fit(Toy.Data(_ml)).Model.Training.History.ToArray());
    }

    [TestMethod]
    public void A_model_that_a_validation_set_chose_is_saved_without_it_and_loads()
    {
        SpikingNetworkTransformer model = Fit(Toy.Options with { ValidationSet = Toy.Data(_ml), ValidationInterval = 1, EarlyStopping = new EarlyStopping() });

        var loaded = (SpikingNetworkTransformer)ModelZip.Load(ModelZip.Save(_ml, model, Toy.Data(_ml).Schema));

        Assert.AreEqual(model.Model.Training.BestEpoch, loaded.Model.Training.BestEpoch);
        Assert.AreEqual(TrainingEnd.Completed, loaded.Model.Training.End);
    }

    [TestMethod]
    public void Without_rows_to_choose_by_it_is_refused()
    {
        Refuses(Toy.Options with { EarlyStopping = new EarlyStopping() },
            "EarlyStopping is on, but there are no validation rows to choose the best epoch by; set ValidationSet or ValidationFraction, or leave it null. [SPK1001]");
        Refuses(Toy.Options with { ValidationFraction = 0.1, EarlyStopping = new EarlyStopping { Patience = 0 } },
            "EarlyStopping.Patience is 0, but it must be greater than 0; leave EarlyStopping null to train to the end. [SPK1001]");
        Refuses(Toy.Options with { ValidationFraction = 0.1, EarlyStopping = new EarlyStopping { MinimumGain = -1 } },
            "EarlyStopping.MinimumGain is -1, but it must be at least 0 and less than 1. [SPK1001]");
    }

    [TestMethod]
    public void A_fraction_that_draws_no_row_is_refused()
    {
        Exception refusal = Assert.ThrowsExactly<InvalidOperationException>(() => Fit(Toy.Options with { ValidationFraction = 1e-6, EarlyStopping = new EarlyStopping() }));

        Assert.AreEqual("EarlyStopping is on, but a ValidationFraction of 1E-06 of 24 rows left none to measure on; make it larger. [SPK1002]", refusal.Message);
    }

    private void Refuses(SpikingNetworkOptions options, string sentence) => Assert.AreEqual(sentence, Assert.ThrowsExactly<ArgumentException>(() => Trainer(options)).Message);

    private SpikingNetworkTrainer Trainer(SpikingNetworkOptions options) => _ml.MulticlassClassification.Trainers.SpikingNetwork(options);

    private SpikingNetworkTransformer Fit(SpikingNetworkOptions options) => Trainer(options).Fit(Toy.Data(_ml));
}
