namespace Microsoft.ML.Spiking.Tests.Fitting;

/// <summary>A clock that has not been started stands still, so that its sums are exact.</summary>
[TestClass]
public class TrainingClockTests
{
    private readonly TrainingClock _clock = new();

    [TestMethod]
    public void It_goes_on_where_an_earlier_sitting_stopped()
    {
        _clock.Resume(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(2));

        Assert.AreEqual((TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(2), TimeSpan.Zero), (_clock.Total, _clock.Epoch, _clock.Sitting));
        Assert.AreEqual(50, _clock.RowsPerSecond(100), "of the epoch");
    }

    [TestMethod]
    public void What_is_left_takes_as_long_a_batch_as_what_is_done()
    {
        _clock.Resume(TimeSpan.FromSeconds(10), TimeSpan.Zero);

        Assert.AreEqual(TimeSpan.FromSeconds(15), _clock.TimeLeft(done: 2, total: 5));
        Assert.AreEqual(TimeSpan.Zero, _clock.TimeLeft(done: 5, total: 5));
    }

    [TestMethod]
    public void More_time_than_a_time_span_can_say_is_a_million_days()
    {
        _clock.Resume(TimeSpan.FromDays(100_000), TimeSpan.Zero);

        Assert.AreEqual(TimeSpan.FromDays(1_000_000), _clock.TimeLeft(done: 1, total: 1_000_000_000));
    }

    [TestMethod]
    public void An_epoch_begins_at_nothing_and_the_training_does_not()
    {
        _clock.Resume(TimeSpan.FromHours(2), TimeSpan.FromHours(1));

        _clock.StartEpoch();
        _clock.Stop();

        Assert.IsLessThan(TimeSpan.FromHours(1), _clock.Epoch);
        Assert.IsGreaterThanOrEqualTo(TimeSpan.FromHours(2), _clock.Total);
        Assert.IsLessThan(TimeSpan.FromHours(1), _clock.Sitting);
    }

    [TestMethod]
    public void One_epochs_time_is_not_the_nexts()
    {
        _clock.StartEpoch();
        Thread.Sleep(5);
        _clock.StartEpoch();
        _clock.Stop();

        Assert.IsLessThan(_clock.Sitting - TimeSpan.FromMilliseconds(4), _clock.Epoch);
    }
}
