using System.Reflection;

namespace Microsoft.ML.Spiking.Tests.Training;

[TestClass]
public class CancellationTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void A_token_that_is_cancelled_by_the_progress_stops_before_the_next_batch()
    {
        using var source = new CancellationTokenSource();
        var reports = new Reports(then: _ => source.Cancel());

        Assert.ThrowsExactly<OperationCanceledException>(() => Fit(Toy.Options with { Updates = 100, ProgressInterval = 1, Progress = reports, CancellationToken = source.Token }));

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

        Assert.ThrowsExactly<OperationCanceledException>(() => Fit(Toy.Options with { Updates = 100, ProgressInterval = 1, Progress = reports }));

        Assert.HasCount(1, reports.All);
    }

    private void Fit(SpikingNetworkOptions options) => _ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(Toy.Data(_ml));
}
