namespace Microsoft.ML.Spiking.Tests.Fitting;

/// <summary>An engine that learns nothing, and whose device is busy for a while.</summary>
internal sealed class IdleTraining : NetworkTraining
{
    /// <summary>How long its device is busy.</summary>
    public TimeSpan Work { get; init; }

    /// <summary>Of each layer, [post, pre].</summary>
    public float[][] Topologies { get; init; } = [];

    /// <summary>What has changed of them.</summary>
    public List<StructuralChange> Changes { get; } = [];

    public override string Device => "";

    public override int Batches => 0;

    public override IReadOnlyList<StructuralChange> Journal => Changes;

    public override double LearningRate => 0;

    public override IReadOnlyList<StateArray> State => [];

    public override int[] OptimiserSteps => [];

    public override double[] Sums { get; set; } = [];

    public override double? StdpShare => 0.25;

    public override void Wait() => Thread.Sleep(Work);

    public override void ForgetMotion() => throw new NotSupportedException();

    public override void Show(TrainingSamples samples) => throw new NotSupportedException();

    public override void Learn(TrainingBatch batch) => throw new NotSupportedException();

    public override void Resume(int batches, int[] optimiserSteps, IEnumerable<StructuralChange> journal) => throw new NotSupportedException();

    public override LearntNetwork Learnt() => throw new NotSupportedException();

    public override float[] Topology(int layer) => Topologies[layer];

    public override float[] InputWeights(int layer) => throw new NotSupportedException();
}
