using Microsoft.ML.Spiking.Tests.Fitting;

namespace Microsoft.ML.Spiking.Tests.Images;

/// <summary>In training, and only there, all engines see the same images changed the same way.</summary>
[TestClass]
public class AugmentedTrainingTests
{
    private const int Batch = 30;

    private static readonly SpikingNetworkOptions s_options = new() { Network = new SpikingNetwork { Code = new DirectCode { Gain = 1 }, TimeSteps = 3, Layers = [new ColumnLayer { Columns = 10 }] }, Augmentation = new ImageAugmentation { MaximumShift = 1 } };

    public static IEnumerable<object[]> Rules =>
    [
        [new ImageAugmentation { MaximumShift = 1 }],
        [new ImageAugmentation { MaximumRotation = 20, MaximumScaling = 0.2, MaximumShear = 0.2 }],
        [new ImageAugmentation { MaximumShift = 0, Elastic = new ElasticDistortion { Sigma = 1, Alpha = 2 } }],
        [new ImageAugmentation { MaximumShift = 1, HorizontalFlip = true }],
    ];

    private readonly CounterRandom _random = CounterRandom.FromSeed(1);
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void The_event_driven_engine_sees_each_sample_moved_as_drawn()
    {
        IntensitySamples samples = Samples(1 / 255f);
        var seen = new HashSet<string>();
        for (int sample = 0; sample < Batch; sample++)
        {
            CollectionAssert.AreEqual(Expected(sample, 1 / 255f), Drawn(samples, sample), $"sample {sample}");
            seen.Add(string.Join(' ', Expected(sample, 1 / 255f)));
        }
        Assert.HasCount(9, seen, "thirty looks show all nine shifts");
        CollectionAssert.AreEqual(Drawn(samples, 0), Drawn(samples, 0), "and the rows themselves stay in place");
    }

    [TestMethod]
    public void The_table_engine_sees_the_same()
    {
        // Black and white, and white always spikes.
        float[] image = [0, 0, 1, 0, 1, 0, 0, 1, 1];
        SpikingNetworkOptions options = s_options with { Network = s_options.Network with { Code = new RateCode { MaximumProbability = 1 } } };
        var samples = new IntensitySamples(InputShape.Intensities(3, 3), Shifts);
        samples.Add(image, label: 0);
        var spikes = new PackedSpikes(steps: 3, inputs: 9, Batch);

        samples.Draw(new SampleEncoder(options.Network, new Standardisation(0, 1), default), new int[Batch], _random, spikes);

        for (int sample = 0; sample < Batch; sample++)
        {
            float[] moved = [.. image];
            Shifts.Move(moved.AsSpan(), _random.For((ulong)sample));
            int bits = Enumerable.Range(0, 9).Sum(i => moved[i] == 1 ? 1 << i : 0);
            for (int step = 0; step < 3; step++) Assert.AreEqual(bits, Word(spikes, step, sample), $"sample {sample}, step {step}");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Rules))]
    public void Both_engines_see_the_same_look_at_bytes_and_at_floats(ImageAugmentation rule)
    {
        // At full intensity a spike in every step, elsewhere none: the first step's spikes are where an image of black and white is white.
        SpikingNetwork network = s_options.Network with { Code = new RateCode { MaximumProbability = 1 } };
        foreach (float white in (float[])[1, 1.25f])
        {
            var samples = new IntensitySamples(InputShape.Intensities(3, 3), new ImageAugmenter(rule, new ImageShape(1, 3, 3, 1)));
            samples.Add([0, 0, white, 0, white, 0, 0, white, white], label: 0);
            var encoder = new SampleEncoder(network, new Standardisation(0, white), default);
            var spikes = new PackedSpikes(steps: 3, inputs: 9, Batch);
            samples.Draw(encoder, new int[Batch], _random, spikes);
            int seen = 0;
            for (int sample = 0; sample < Batch; sample++)
            {
                float[] look = new float[9];
                samples.Look(0, _random.For((ulong)sample), look);
                int sure = Enumerable.Range(0, 9).Sum(i => look[i] >= white ? 1 << i : 0), never = Enumerable.Range(0, 9).Sum(i => look[i] == 0 ? 1 << i : 0);
                for (int step = 0; step < 3; step++)
                {
                    Assert.AreEqual(sure, Word(spikes, step, sample) & sure, $"sample {sample}, step {step}");
                    Assert.AreEqual(0, Word(spikes, step, sample) & never, $"sample {sample}, step {step}");
                }
                seen += int.PopCount(sure | never);
            }
            Assert.IsGreaterThan(Batch, seen, "for this to tell anything");
        }
    }

    [TestMethod]
    public void What_is_no_image_cannot_move()
    {
        var refusal = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options with { Augmentation = new() }).Fit(Toy.Data(_ml)));
        StringAssert.Contains(refusal.Message, "expected an image, Vector<Single, [height, width]>");
        StringAssert.Contains(refusal.Message, "got Vector<Single, 7>");
    }

    [TestMethod]
    [DynamicData(nameof(Rules))]
    public void A_network_trains_on_changing_images_the_same_way_each_time(ImageAugmentation rule)
    {
        SpikingNetworkOptions options = Toy.Options with { Augmentation = rule };
        SpikingModel Train(SpikingNetworkOptions o) => _ml.MulticlassClassification.Trainers.SpikingNetwork(o).Fit(Pictures.View(_ml)).Model;

        SpikingModel model = Train(options);

        Assert.IsTrue(model.Layers[0].InputWeights.SequenceEqual(Train(options).Layers[0].InputWeights));
        Assert.IsFalse(model.Layers[0].InputWeights.SequenceEqual(Train(options with { Augmentation = null }).Layers[0].InputWeights));
        Assert.AreEqual(options.Augmentation, model.Training.Recipe!.Augmentation);
    }

    [TestMethod]
    [DynamicData(nameof(Rules))]
    public void A_training_that_is_resumed_sees_what_one_sees_that_never_stopped(ImageAugmentation rule)
    {
        using var training = new InterruptedTraining { Data = Pictures.View };

        training.Resumes(InterruptedTraining.Options with { Augmentation = rule }, at: progress => progress.Batches == 12);
    }

    private static ImageAugmenter Shifts => new(s_options.Augmentation!, new ImageShape(1, 3, 3, 1));

    private static SampleEncoder Encoder => new(s_options.Network, new Standardisation(0, 1), default);

    private static unsafe int Word(PackedSpikes spikes, int step, int sample) => spikes.Block(0)[step * spikes.Words * PackedSpikes.Lanes + sample];

    private static float[] Image(float unit) => [.. Enumerable.Range(1, 9).Select(i => 25 * i * unit)];

    private static IntensitySamples Samples(float unit)
    {
        var samples = new IntensitySamples(InputShape.Intensities(3, 3), Shifts);
        samples.Add(Image(unit), label: 0);
        return samples;
    }

    private float[] Expected(int sample, float unit)
    {
        float[] image = Image(unit);
        var (down, right) = s_options.Augmentation!.Draw(_random.For((ulong)sample));
        return [.. Enumerable.Range(0, 9).Select(i => (Row: i / 3 - down, Column: i % 3 - right)).Select(from => from is { Row: >= 0 and < 3, Column: >= 0 and < 3 } ? image[3 * from.Row + from.Column] : 0)];
    }

    private float[] Drawn(IntensitySamples samples, int sample)
    {
        var stimulus = new Stimulus(3);
        samples.Draw(Encoder, row: 0, _random.For((ulong)sample), stimulus);
        var seen = new float[9];
        for (int k = 0; k < stimulus.Inputs.Length; k++) seen[stimulus.Inputs[k]] = stimulus.Values[k];
        return seen;
    }
}
