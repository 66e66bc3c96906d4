namespace Microsoft.ML.Spiking.Tests.Codes;

[TestClass]
public class NoiselessCodeTests
{
    [TestMethod]
    public void Direct_current_is_the_gain_times_the_intensity_in_every_step()
        => Assert.AreEqual("0: 0.25, 2: 2, 3: 2", new DirectCode { Gain = 2 }.Text([0.125f, 0, 1, 1.5f, -1], steps: 7));

    [TestMethod]
    public void By_default_direct_current_is_the_mean_of_the_intensity_code()
    {
        float[] x = [0.3f, 0, 0.9f];
        var stimulus = new Stimulus(4);
        new RateCode().Expect([.. x], [], stimulus);
        Assert.AreEqual(stimulus.Text(), new DirectCode().Text(x, steps: 4));
    }

    [TestMethod]
    public void The_brighter_an_input_the_earlier_it_spikes_and_dark_ones_never()
        // Of 5 steps: 1 in step 0, ¾ in 1, ½ in 2, 0.1 in round(3.6) = 4; more than 1 counts as 1.
        => Assert.AreEqual("0 4 | 2 | 1 |  | 3", new LatencyCode().Text([1, 0.5f, 0.75f, 0.1f, 3, 0, -1], steps: 5));

    [TestMethod]
    public void A_latency_has_a_floor_below_which_nothing_spikes()
        => Assert.AreEqual("0 |  | 2", new LatencyCode { MinimumIntensity = 0.1 }.Text([1, 0.1f, 0.11f], steps: 3));

    [TestMethod]
    public void A_change_since_the_last_spike_makes_a_spike_and_not_the_change_since_the_last_step()
        // One input: 0, 0.6, 1, 1.9, 2, 0.9, 0 at threshold 1: up at 1 (since 0) and 2 (since 1), down at 0.9 (since 2); 0 is only 0.9 below it.
        => Assert.AreEqual(" |  | 0 |  | 0 | 1 | ", new DeltaCode { Threshold = 1 }.Text([0, 0.6f, 1, 1.9f, 2, 0.9f, 0], steps: 7));

    [TestMethod]
    public void Each_input_of_a_sequence_has_a_channel_for_rises_and_one_for_falls()
        => Assert.AreEqual(" | 0 3 | 1 4", new DeltaCode { Threshold = 1 }.Text([0, 1, 0, 2, 0, 0.5f, 0, 0, 2], steps: 3));

    [TestMethod]
    public void A_sequence_brings_its_steps_and_gives_the_columns_two_channels_an_input()
    {
        InputShape shape = new DeltaCode().Shape(InputShape.Intensities(20, 3))!;
        Assert.AreEqual((60, 6, 20, false), (shape.Features, shape.Inputs, shape.Steps, shape.IsSpikeTrain));
        CollectionAssert.AreEqual(new[] { 20, 3 }, shape.Dimensions.ToArray());
        Assert.IsNull(new DeltaCode().Shape(InputShape.Intensities(60)), "no time to be seen");
    }

    [TestMethod]
    public void A_sequence_shows_each_of_its_steps_once_as_graded_spikes()
    {
        var stimulus = new Stimulus(3);
        new SequenceCode { Step = new DirectCode { Gain = 2 } }.Encode([0.5f, 0, 0, 1.5f, -1, 0.25f], [], default, stimulus);
        Assert.AreEqual("0 | 1 | 1", stimulus.Text());
        Assert.IsTrue(stimulus.Train.IsGraded);
        CollectionAssert.AreEqual(new[] { 1f, 2, 0.5f }, (float[])[.. Enumerable.Range(0, 3).SelectMany(step => stimulus.Train.Values(step).ToArray())]);
    }

    [TestMethod]
    public void Of_a_sequence_the_largest_of_each_step_spike()
        => Assert.AreEqual("1 | 0", new SequenceCode { Step = new TopKCode { Fraction = 0.5 } }.Text([0.1f, 0.2f, 0.4f, 0.3f], steps: 2));

    [TestMethod]
    public void A_sequence_by_rates_draws_each_step_by_itself_and_shows_its_probabilities_when_noise_is_averaged()
    {
        const int Steps = 20_000;
        var code = new SequenceCode { Step = new RateCode { MaximumProbability = 0.8 } };
        float[] x = [.. Enumerable.Range(0, Steps).SelectMany(step => (float[])[step % 2, 0.5f])];
        var stimulus = new Stimulus(Steps);
        code.Encode([.. x], [], CounterRandom.FromSeed(1), stimulus);
        Assert.IsFalse(stimulus.Train.IsGraded);
        int Spikes(int input, int parity) => Enumerable.Range(0, Steps / 2).Count(step => stimulus.Train[2 * step + parity].Contains(input));
        Assert.AreEqual(0, Spikes(0, parity: 0));
        Assert.AreEqual(8000, Spikes(0, parity: 1), 200, "five deviations of 10,000 draws at 0.8");
        Assert.AreEqual(4000, Spikes(1, parity: 0), 245, "five deviations of 10,000 draws at 0.4");

        code.Expect([.. x], [], stimulus);
        Assert.IsTrue(stimulus.Train.IsGraded);
        CollectionAssert.AreEqual(new[] { 0.8f, 0.4f }, stimulus.Train.Values(1).ToArray());
    }

    [TestMethod]
    public void The_noise_of_a_sequence_is_of_its_row_and_of_the_seed()
    {
        var code = new SequenceCode { Step = new RateCode() };
        string Shown(int seed, float value)
        {
            var stimulus = new Stimulus(40);
            new TrainingCode { Seed = seed }.Encode(code, Enumerable.Repeat(value, 80).ToArray(), [], stimulus);
            return stimulus.Text();
        }
        Assert.AreEqual(Shown(1, 0.5f), Shown(1, 0.5f));
        Assert.AreNotEqual(Shown(1, 0.5f), Shown(2, 0.5f), "another seed");
        // At full intensity both inputs are drawn alike, but of other noise.
        Assert.AreNotEqual(Shown(1, 1), Shown(1, 2), "another row of the same probabilities");
    }

    [TestMethod]
    public void A_step_of_a_sequence_has_no_code_that_needs_time_itself()
    {
        foreach (SpikeCode step in (SpikeCode[])[new LatencyCode(), new DeltaCode(), new SequenceCode()])
            StringAssert.StartsWith(Assert.ThrowsExactly<ArgumentException>(() => new SequenceCode { Step = step }.Check("Code")).Message,
                $"Code.Step is {step.GetType().Name}, but a single time step is encoded by");
    }

    [TestMethod]
    public void The_threshold_of_a_change_is_in_units_of_each_inputs_own_changes()
    {
        // Pressure moves by 1 and 1, temperature by 3 and -4: root mean squares of 1 and √12.5. The third input never moves, and so never spikes.
        var meter = new FeatureMeter(new DeltaCode().Shape(InputShape.Intensities(3, 3))!);
        meter.Add([1012, 288, 5, 1013, 291, 5, 1014, 287, 5]);
        Standardisation scales = new DeltaCode().Standardise(meter.Statistics(), FeatureScaling.PerInput);
        CollectionAssert.AreEqual(new[] { 1, MathF.Sqrt(12.5f), float.PositiveInfinity }, scales.Unit.ToArray());
    }

    [TestMethod]
    public void The_largest_spike_in_every_step_and_of_equals_the_first()
    {
        Assert.AreEqual("0: 1, 1: 1, 2: 1", new TopKCode { Fraction = 0.6 }.Text([0.4f, 0.5f, 0.4f, 0.4f, 0.2f], steps: 2));
        Assert.AreEqual("1: 1", new TopKCode { Fraction = 0.6, MinimumIntensity = 0.4 }.Text([0.4f, 0.5f, 0.4f, 0.4f, 0.2f], steps: 2));
        Assert.AreEqual("", new TopKCode { Fraction = 0.1 }.Text([1, 1, 1], steps: 2), "a tenth of three inputs is none");
        Assert.AreEqual("0: 1, 1: 1, 2: 1", new TopKCode { Fraction = 1 }.Text([1, 1, 1], steps: 2));
        Assert.AreEqual("", new TopKCode { Fraction = 1 }.Text([0, -1, float.NaN], steps: 2), "what is dark is never among the largest");
    }

    [TestMethod]
    public void A_value_that_is_not_a_number_is_silent()
    {
        float[] x = [float.NaN, 1];
        Assert.AreEqual("1 | ", new LatencyCode().Text(x, steps: 2));
        Assert.AreEqual(" | ", new DeltaCode().Text(x, steps: 2));
        Assert.AreEqual("1: 1", new TopKCode { Fraction = 1 }.Text(x, steps: 2));
    }
}
