using System.Reflection;

namespace Microsoft.ML.Spiking.Tests.Fitting;

[TestClass]
public class CancellationTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void A_token_that_is_cancelled_by_the_progress_stops_before_the_next_batch()
    {
        using var source = new CancellationTokenSource();
        var reports = new Reports(then: _ => source.Cancel());

        Assert.ThrowsExactly<OperationCanceledException>(() => Fit(Toy.Options with { Batches = 100, ProgressInterval = 1, Progress = reports, CancellationToken = source.Token }));

        Assert.HasCount(1, reports.All);
    }

    [TestMethod]
    public void A_token_that_is_cancelled_already_stops_before_the_first_row()
    {
        var reports = new Reports();

        Assert.ThrowsExactly<OperationCanceledException>(() => Fit(Toy.Options with { Progress = reports, CancellationToken = new CancellationToken(canceled: true) }));

        Assert.HasCount(0, reports.All);
    }

    [TestMethod]
    public void The_contexts_own_cancellation_stops_before_the_next_batch()
    {
        // As AutoML does when its time is up.
        MethodInfo cancel = typeof(MLContext).GetMethod("CancelExecution", BindingFlags.NonPublic | BindingFlags.Instance)!;
        var reports = new Reports(then: _ => cancel.Invoke(_ml, null));

        Assert.ThrowsExactly<OperationCanceledException>(() => Fit(Toy.Options with { Batches = 100, ProgressInterval = 1, Progress = reports }));

        Assert.HasCount(1, reports.All);
    }

    [TestMethod]
    public void Asked_for_the_best_so_far_it_returns_the_network_as_it_is_after_the_batch()
    {
        using var source = new CancellationTokenSource();
        var reports = new Reports(progress =>
        {
            if (progress.Batches == 7) source.Cancel();
        });
        // Batches of 5 of 24 rows: the second batch of the second epoch.
        SpikingNetworkOptions options = Toy.Options with { Batches = 100, BatchSize = 5, ProgressInterval = 1, Progress = reports, CancellationToken = source.Token, OnCancel = OnCancel.ReturnBestSoFar };
        TrainingRecord training = Fit(options).Model.Training;

        Assert.AreEqual(TrainingEnd.Cancelled, training.End);
        Assert.AreEqual(7, training.Batches);
        Assert.IsNull(training.BestEpoch);
        CollectionAssert.AreEqual(new[] { 5, 7 }, reports.Epochs.Select(epoch => epoch.Batches).ToArray());
        Assert.HasCount(2, training.History);
    }

    [TestMethod]
    public void With_early_stopping_the_best_so_far_is_the_best_of_the_epochs_and_of_now()
    {
        using var source = new CancellationTokenSource();
        var reports = new Reports(progress =>
        {
            if (progress.Batches == 58) source.Cancel();
        });
        TrainingRecord training = Fit(Toy.Able with
        {
            Batches = null, Epochs = 60, BatchSize = 5, ProgressInterval = 1, Optimiser = new AdamW { LearningRate = 0.3 }, ValidationSet = Toy.Keyed(_ml, Toy.Samples(80).Skip(24)),
            EarlyStopping = new EarlyStopping { Patience = 60 }, Progress = reports, CancellationToken = source.Token, OnCancel = OnCancel.ReturnBestSoFar,
        }).Model.Training;
        double[] accuracies = [.. training.History.Select(epoch => epoch.ValidationAccuracy!.Value)];

        Assert.HasCount(12, accuracies);
        Assert.AreEqual(TrainingEnd.Cancelled, training.End);
        Assert.AreEqual(Array.IndexOf(accuracies, accuracies.Max()) + 1, training.BestEpoch);
        Assert.AreEqual(accuracies.Max(), training.ValidationAccuracy);
        Assert.AreEqual(Math.Min(58, 5 * training.BestEpoch!.Value), training.Batches);
    }

    [TestMethod]
    public void Before_the_first_batch_there_is_no_best_so_far_and_it_throws()
    {
        using var source = new CancellationTokenSource();
        SpikingNetworkOptions options = Toy.Options with { CancellationToken = source.Token, OnCancel = OnCancel.ReturnBestSoFar };
        IDataView data = Toy.Data(_ml);
        // Once the last row is read, and before it is trained on.
        IDataView cancels = _ml.Data.LoadFromEnumerable(Cancelling(_ml.Data.CreateEnumerable<Keyed>(data, reuseRowObject: false)));

        Assert.ThrowsExactly<OperationCanceledException>(() => _ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(cancels));
        Assert.ThrowsExactly<OperationCanceledException>(() => Fit(options with { CancellationToken = new CancellationToken(canceled: true) }));

        IEnumerable<Keyed> Cancelling(IEnumerable<Keyed> rows)
        {
            foreach (Keyed row in rows) yield return row;
            source.Cancel();
        }
    }

    [TestMethod]
    public void Time_that_is_up_ends_it_after_a_batch_as_if_it_were_complete()
    {
        var reports = new Reports(_ => Thread.Sleep(2));
        TrainingRecord training = Fit(Toy.Options with { Batches = 1_000_000, BatchSize = 5, ProgressInterval = 1, Progress = reports, MaximumTime = TimeSpan.FromMilliseconds(50) }).Model.Training;

        Assert.AreEqual(TrainingEnd.TimeUp, training.End);
        Assert.IsInRange(1, 25, training.Batches, "a batch takes 2 ms at the least");
        Assert.AreEqual(training.Batches, reports.All[^1].Batches);
        Assert.IsNull(training.BestEpoch);
    }

    [TestMethod]
    public void However_little_time_there_is_one_batch_is_trained()
        => Assert.AreEqual(1, Fit(Toy.Options with { MaximumTime = TimeSpan.FromTicks(1) }).Model.Training.Batches);

    [TestMethod]
    public void A_training_that_runs_to_its_end_says_so()
        => Assert.AreEqual((TrainingEnd.Completed, (int?)null), Fit(Toy.Options) is var model ? (model.Model.Training.End, model.Model.Training.BestEpoch) : default);

    [TestMethod]
    public void No_time_at_all_is_refused()
    {
        Exception refusal = Assert.ThrowsExactly<ArgumentException>(() => Fit(Toy.Options with { MaximumTime = TimeSpan.Zero }));

        Assert.AreEqual("MaximumTime is 00:00:00, but it must be greater than 0, or null for no limit. [SPK1001]", refusal.Message);
    }

    private SpikingNetworkTransformer Fit(SpikingNetworkOptions options) => _ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(Toy.Data(_ml));

    private sealed class Keyed
    {
        [Microsoft.ML.Data.KeyType(3)]
        public uint Label { get; set; }

        [Microsoft.ML.Data.VectorType(Toy.Inputs)]
        public float[] Features { get; set; } = [];
    }
}
