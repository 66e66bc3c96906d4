namespace Microsoft.ML.Spiking.Tests.Fitting;

/// <summary>A training whose numbers leave the finite says so, and what it had written before stays.</summary>
[TestClass]
public sealed class DivergenceTests : IDisposable
{
    // Features a thousand million times larger than the code is told make infinite gradients.
    private static readonly SpikingNetworkOptions s_wild = Toy.Options with { Network = Toy.Options.Network with { Code = new SigmoidCode { Mean = 0.5, Deviation = 1e-12 } } };

    private readonly MLContext _ml = new(seed: 1);
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [TestMethod]
    public void A_loss_that_is_no_number_is_said() => Diverges(s_wild with { Batches = 6 }, "The loss is no number any more after epoch 1: training has diverged; lower Optimiser.LearningRate");

    [TestMethod]
    public void Weights_that_are_no_numbers_are_said_though_the_loss_is_one() => Diverges(s_wild with { Batches = 1 }, "' is not finite any more after epoch 1: training has diverged; lower Optimiser.LearningRate");

    [TestMethod]
    public void So_they_are_where_the_training_is_cut_short()
    {
        using var source = new CancellationTokenSource();
        Diverges(s_wild with { Batches = 6, ProgressInterval = 1, OnCancel = OnCancel.ReturnBestSoFar, CancellationToken = source.Token, Progress = new Reports(_ => source.Cancel()) },
            "' is not finite any more after epoch 1: training has diverged;");
    }

    [TestMethod]
    [DataRow(0, "layers.0.input.weight")]
    [DataRow(1, "mean")]
    [DataRow(2, null)]
    public void The_array_is_named(int which, string? name)
    {
        float[] lost = [1, float.NaN], sound = [1, 2];
        using var training = new Held(which == 0 ? lost : sound, StateArray.Of("weight", sound, 2), StateArray.Of("mean", which == 1 ? lost : sound, 2));

        Assert.AreEqual(name, new TrainingState(training, new EpochMetrics(training, columns: 1)).NotFinite(layers: 1));
    }

    private void Diverges(SpikingNetworkOptions options, string sentence)
    {
        byte[] before = [1, 2, 3];
        File.WriteAllBytes(_file, before);
        IDataView huge = Toy.Keyed(_ml, Toy.Samples(24).Select(sample => new Sample { Class = sample.Class, Features = [.. sample.Features.Select(value => value * 1e38f)] }));

        var refusal = Assert.ThrowsExactly<InvalidOperationException>(() => _ml.MulticlassClassification.Trainers.SpikingNetwork(options with { CheckpointPath = _file }).Fit(huge));

        StringAssert.Contains(refusal.Message, sentence);
        Assert.IsTrue(Trouble.Divergence.Is(refusal));
        CollectionAssert.AreEqual(before, File.ReadAllBytes(_file));
    }

    /// <summary>An engine that only holds numbers.</summary>
    private sealed class Held(float[] inputs, params StateArray[] state) : NetworkTraining
    {
        public override string Device => "";

        public override int Batches => 0;

        public override IReadOnlyList<StructuralChange> Journal => [];

        public override double LearningRate => 0;

        public override IReadOnlyList<StateArray> State => state;

        public override int[] OptimiserSteps => [];

        public override double[] Sums { get; set; } = [];

        public override double? StdpShare => null;

        public override void ForgetMotion() => throw new NotSupportedException();

        public override void Show(TrainingSamples samples) => throw new NotSupportedException();

        public override void Learn(TrainingBatch batch) => throw new NotSupportedException();

        public override void Resume(int batches, int[] optimiserSteps, IEnumerable<StructuralChange> journal) => throw new NotSupportedException();

        public override LearntNetwork Learnt() => throw new NotSupportedException();

        public override float[] Topology(int layer) => throw new NotSupportedException();

        public override float[] InputWeights(int layer) => inputs;
    }
}
