namespace Microsoft.ML.Spiking.Tests.Fitting;

[TestClass]
public class TrainingScheduleTests
{
    private const int Rows = 24;

    private static readonly SpikingNetworkOptions s_options = Toy.Options with { Batches = null, Epochs = 4, BatchSize = 5 };

    [TestMethod]
    public void The_last_batch_of_an_epoch_takes_what_is_left()
    {
        var schedule = new TrainingSchedule(s_options, Rows, seed: 1);

        Assert.AreEqual((5, 5, 20, 4), (schedule.BatchSize, schedule.PerEpoch, schedule.Total, schedule.Epochs));
        Assert.AreEqual(4, new TrainingSchedule(s_options with { BatchSize = 6 }, Rows, seed: 1).PerEpoch);
    }

    [TestMethod]
    [DataRow(0, 0)]
    [DataRow(1, 1)]
    [DataRow(5, 1)]
    [DataRow(6, 2)]
    [DataRow(20, 4)]
    public void A_batch_belongs_to_one_epoch(int done, int epoch) => Assert.AreEqual(epoch, new TrainingSchedule(s_options, Rows, seed: 1).EpochOf(done));

    [TestMethod]
    public void Batches_may_cut_the_last_epoch_short()
    {
        var schedule = new TrainingSchedule(s_options with { Batches = 7, Epochs = null }, Rows, seed: 1);

        Assert.AreEqual((7, 2), (schedule.Total, schedule.Epochs));
    }

    [TestMethod]
    public void Every_epoch_has_all_rows_in_an_order_of_its_own_wherever_one_begins()
    {
        var schedule = new TrainingSchedule(s_options, Rows, seed: 1);
        int[] first = schedule.Order(schedule.Block(0)), second = schedule.Order(schedule.Block(5));

        CollectionAssert.AreEqual(Enumerable.Range(0, Rows).ToArray(), first.Order().ToArray());
        CollectionAssert.AreNotEqual(first, first.Order().ToArray());
        CollectionAssert.AreNotEqual(first, second);
        CollectionAssert.AreEqual(second, new TrainingSchedule(s_options, Rows, seed: 1) is var later ? later.Order(later.Block(8)) : null, "entered in the second");
        CollectionAssert.AreNotEqual(first, new TrainingSchedule(s_options, Rows, seed: 2).Order(schedule.Block(0)), "of another seed");
    }

    [TestMethod]
    public void Noise_is_of_the_seed_and_the_batch()
    {
        var schedule = new TrainingSchedule(s_options, Rows, seed: 1);

        Assert.AreEqual(schedule.Noise(3), new TrainingSchedule(s_options, Rows, seed: 1).Noise(3));
        Assert.AreNotEqual(schedule.Noise(3), schedule.Noise(4));
        Assert.AreNotEqual(schedule.Noise(3), new TrainingSchedule(s_options, Rows, seed: 2).Noise(3));
    }

    [TestMethod]
    public void More_batches_than_can_be_counted_are_refused_and_as_many_are_not()
    {
        Assert.AreEqual(1_000_000_000, new TrainingSchedule(s_options with { Epochs = 200_000_000 }, Rows, seed: 1).Total);

        Assert.AreEqual("Epochs is 200000001, and an epoch of 24 rows has 5 batches, but a training is counted in at most 1000000000 of them; make Epochs smaller, or BatchSize larger. [SPK1002]",
            Assert.ThrowsExactly<ArgumentException>(() => new TrainingSchedule(s_options with { Epochs = 200_000_001 }, Rows, seed: 1)).Message);
    }
}
