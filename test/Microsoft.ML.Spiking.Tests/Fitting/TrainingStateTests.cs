namespace Microsoft.ML.Spiking.Tests.Fitting;

[TestClass]
public class TrainingStateTests
{
    /// <summary>A device works on while the host goes ahead.</summary>
    [TestMethod]
    public void The_clock_goes_on_until_the_device_has_done_what_was_asked_of_it()
    {
        using var training = new IdleTraining { Work = TimeSpan.FromMilliseconds(30) };
        var state = new TrainingState(training, new EpochMetrics(training, columns: 1));
        state.Clock.StartEpoch();

        state.StopClock();

        TimeSpan total = state.Clock.Total;
        Assert.IsGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(30), total);
        Thread.Sleep(5);
        Assert.AreEqual(total, state.Clock.Total, "it must stand still now");
    }
}
