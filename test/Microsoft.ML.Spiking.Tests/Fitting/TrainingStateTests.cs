namespace Microsoft.ML.Spiking.Tests.Fitting;

[TestClass]
public class TrainingStateTests
{
    /// <summary>A device works on while the host goes ahead.</summary>
    [TestMethod]
    public void The_clock_goes_on_until_the_device_has_done_what_was_asked_of_it()
    {
        using var training = new Busy(TimeSpan.FromMilliseconds(30));
        var state = new TrainingState(training, new EpochMetrics(training, columns: 1));
        state.Clock.StartEpoch();

        state.StopClock();

        TimeSpan total = state.Clock.Total;
        Assert.IsGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(30), total);
        Thread.Sleep(5);
        Assert.AreEqual(total, state.Clock.Total, "it must stand still now");
    }

    /// <summary>An engine whose device is busy for a while.</summary>
    private sealed class Busy(TimeSpan work) : NetworkTraining
    {
        public override string Device => "";

        public override int Batches => 0;

        public override IReadOnlyList<StructuralChange> Journal => [];

        public override double LearningRate => 0;

        public override IReadOnlyList<StateArray> State => [];

        public override int[] OptimiserSteps => [];

        public override double[] Sums { get; set; } = [];

        public override double? StdpShare => null;

        public override void Wait() => Thread.Sleep(work);

        public override void ForgetMotion() => throw new NotSupportedException();

        public override void Learn(TrainingBatch batch) => throw new NotSupportedException();

        public override void Resume(int batches, int[] optimiserSteps, IEnumerable<StructuralChange> journal) => throw new NotSupportedException();

        public override LearntNetwork Learnt() => throw new NotSupportedException();

        public override float[] Topology(int layer) => throw new NotSupportedException();

        public override float[] InputWeights(int layer) => throw new NotSupportedException();
    }
}
