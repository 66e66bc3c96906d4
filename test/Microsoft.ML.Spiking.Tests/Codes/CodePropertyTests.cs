using CsCheck;

namespace Microsoft.ML.Spiking.Tests.Codes;

/// <summary>What holds of the codes whatever they are shown.</summary>
[TestClass]
public class CodePropertyTests
{
    private static readonly Gen<float> s_probability = Gen.Frequency((1, Gen.Const(0f)), (1, Gen.Const(1f)), (4, Gen.Float.Unit));

    private static readonly Gen<(float[] Probabilities, int Steps, int Seed)> s_trains = Gen.Select(s_probability.Array[1, 150], Gen.Int[1, 200], Gen.Int);

    /// <summary>Standardised features, some of them outside of 0 to 1, some equal.</summary>
    private static readonly Gen<float[]> s_row = Gen.Frequency((3, Gen.Float[-0.5f, 1.5f]), (1, Gen.Const(0f)), (1, Gen.Const(1f)), (1, Gen.Const(0.5f))).Array[1, 60];

    private static readonly Gen<(float[] Row, int Steps, double Minimum)> s_latencies = Gen.Select(s_row, Gen.Int[1, 40], Gen.Double[0, 1]);

    private static readonly Gen<(float[] Row, double Fraction, double Minimum)> s_choices = Gen.Select(s_row, Gen.Double[0, 1], Gen.Double[0, 1]);

    [TestMethod]
    public void An_input_of_probability_0_never_spikes_and_one_of_probability_1_always_does() => Property.ForAll(s_trains, drawn =>
    {
        int[] counts = Counts(Draw(drawn.Probabilities, drawn.Steps, drawn.Seed), drawn.Probabilities.Length);
        for (int i = 0; i < counts.Length; i++)
        {
            if (drawn.Probabilities[i] == 0) Assert.AreEqual(0, counts[i], $"input {i}");
            if (drawn.Probabilities[i] == 1) Assert.AreEqual(drawn.Steps, counts[i], $"input {i}");
        }
    });

    [TestMethod]
    public void An_input_spikes_once_a_step_at_the_most_and_the_inputs_of_a_step_ascend() => Property.ForAll(s_trains, drawn =>
    {
        SpikeTrain train = Draw(drawn.Probabilities, drawn.Steps, drawn.Seed);
        for (int step = 0; step < drawn.Steps; step++)
        {
            int before = -1;
            foreach (int input in train[step])
            {
                Assert.IsGreaterThan(before, input, $"step {step}");
                before = input;
            }
            Assert.IsLessThan(drawn.Probabilities.Length, before);
        }
        Assert.AreEqual(Counts(train, drawn.Probabilities.Length).Sum(), train.Count);
    });

    [TestMethod]
    public void Rates_lie_within_binomial_bounds_of_their_probabilities() => Property.ForAll(Gen.Select(Gen.Float.Unit, Gen.Int), drawn =>
    {
        const int inputs = 70, steps = 130;
        var (probability, seed) = drawn;
        int spikes = Draw([.. Enumerable.Repeat(probability, inputs)], steps, seed).Count;
        Assert.AreEqual(inputs * steps * (double)probability, spikes, Property.BinomialMargin(inputs * steps, probability));
    });

    [TestMethod]
    public void An_input_spikes_when_it_spikes_whatever_the_others_do_and_however_long_it_is_shown() => Property.ForAll(s_trains, drawn =>
    {
        SpikeTrain train = Draw(drawn.Probabilities, drawn.Steps, drawn.Seed);
        int longer = drawn.Steps + 1 + Math.Abs(drawn.Seed % 70);
        // Every second input falls silent, and it goes on for longer.
        float[] others = [.. drawn.Probabilities.Select((p, i) => i % 2 == 0 ? p : 0)];
        SpikeTrain other = Draw(others, longer, drawn.Seed);
        for (int step = 0; step < drawn.Steps; step++)
            CollectionAssert.AreEqual(train[step].ToArray().Where(input => input % 2 == 0).ToArray(), other[step].ToArray(), $"step {step}");
    });

    [TestMethod]
    public void A_burst_holds_the_spikes_of_its_eight_steps() => Property.ForAll(s_trains, drawn =>
    {
        SpikeTrain train = Draw(drawn.Probabilities, drawn.Steps, drawn.Seed);
        train.Bundle();
        var steps = new List<int>[drawn.Steps];
        for (int step = 0; step < steps.Length; step++) steps[step] = [];
        for (int burst = 0; burst < train.Bursts; burst++)
            foreach (int bundled in train.Burst(burst))
                for (int bit = 0; bit < SpikeTrain.BurstSteps; bit++)
                    if ((bundled >> bit & 1) != 0) steps[burst * SpikeTrain.BurstSteps + bit].Add(bundled >> SpikeTrain.BurstSteps);
        for (int step = 0; step < steps.Length; step++) CollectionAssert.AreEqual(train[step].ToArray(), steps[step], $"step {step}");
    });

    [TestMethod]
    public void The_brighter_input_never_spikes_later_and_none_spikes_twice() => Property.ForAll(s_latencies, drawn =>
    {
        SpikeTrain train = Encode(new LatencyCode { MinimumIntensity = drawn.Minimum }, drawn.Row, drawn.Steps).Train;
        var at = new int?[drawn.Row.Length];
        for (int step = 0; step < drawn.Steps; step++)
        {
            foreach (int input in train[step])
            {
                Assert.IsNull(at[input], $"input {input} spikes twice");
                at[input] = step;
            }
        }
        for (int i = 0; i < at.Length; i++)
        {
            Assert.AreEqual(drawn.Row[i] > (float)drawn.Minimum, at[i] is not null, $"input {i}");
            for (int j = 0; j < i; j++)
                if (at[i] is { } a && at[j] is { } b && drawn.Row[i] >= drawn.Row[j]) Assert.IsLessThanOrEqualTo(b, a, $"inputs {i} and {j}");
        }
    });

    [TestMethod]
    public void Of_a_choice_of_the_largest_none_that_is_left_out_is_larger_than_one_that_is_taken() => Property.ForAll(s_choices, drawn =>
    {
        Stimulus stimulus = Encode(new TopKCode { Fraction = drawn.Fraction, MinimumIntensity = drawn.Minimum }, drawn.Row, steps: 1);
        int[] chosen = stimulus.Inputs.ToArray(), left = [.. Enumerable.Range(0, drawn.Row.Length).Except(chosen)];
        int above = drawn.Row.Count(x => x > (float)drawn.Minimum);
        Assert.HasCount(Math.Min((int)(drawn.Fraction * drawn.Row.Length), above), chosen);
        Assert.IsTrue(stimulus.Values.ToArray().All(value => value == 1));
        foreach (int input in chosen)
        {
            Assert.IsGreaterThan((float)drawn.Minimum, drawn.Row[input]);
            foreach (int other in left) Assert.IsTrue(drawn.Row[other] < drawn.Row[input] || drawn.Row[other] == drawn.Row[input] && other > input, $"{input} and not {other}");
        }
    });

    [TestMethod]
    public void Between_its_spikes_a_sequence_stays_within_the_threshold_of_the_value_that_spiked_last()
        => Property.ForAll(Gen.Select(Gen.Float[-2, 2].Array[6, 90], Gen.Double[0.05, 1.5]), drawn =>
        {
            const int inputs = 3;
            var (values, threshold) = drawn;
            int steps = values.Length / inputs;
            float[] row = values[..(steps * inputs)];
            SpikeTrain train = Encode(new DeltaCode { Threshold = threshold }, row, steps).Train;
            Assert.AreEqual(0, train[0].Length, "nothing spikes in the first step");
            for (int input = 0; input < inputs; input++)
            {
                float last = row[input];
                for (int step = 0; step < steps; step++)
                {
                    float now = row[step * inputs + input];
                    bool rose = train[step].Contains(2 * input), fell = train[step].Contains(2 * input + 1);
                    Assert.AreEqual(now - last >= (float)threshold, rose, $"rise of input {input} in step {step}");
                    Assert.AreEqual(last - now >= (float)threshold, fell, $"fall of input {input} in step {step}");
                    if (rose || fell) last = now;
                }
            }
        });

    [TestMethod]
    public void A_probability_rises_with_the_feature_and_stays_within_its_limits()
        => Property.ForAll(Gen.Select(Gen.Float[-5, 5], Gen.Float[0, 5], Gen.Double[0, 1], Gen.Float[0, 3]), drawn =>
        {
            var (x, more, most, scale) = drawn;
            foreach (PoissonCode code in (PoissonCode[])[new RateCode { MaximumProbability = most }, new SigmoidCode { MaximumProbability = most }])
            {
                float low = code.Probability(x, scale), high = code.Probability(x + more, scale);
                Assert.IsInRange(0, (float)most, low);
                Assert.IsInRange(low, (float)most, high);
                // What a whole row is turned into is what each of its features is.
                float[] row = [x, x + more];
                code.Probabilities(row, [scale, scale]);
                CollectionAssert.AreEqual((float[])[low, high], row);
            }
        });

    [TestMethod]
    public void The_slope_of_a_probability_is_what_it_changes_by_with_the_scale()
        => Property.ForAll(Gen.Select(Gen.Float[-3, 3], Gen.Float[-2, 2], Gen.Double[0.1, 1]), drawn =>
        {
            var (x, scale, most) = drawn;
            var code = new SigmoidCode { MaximumProbability = most };
            double Exact(double s) => most / (1 + Math.Exp(-x * s));
            Assert.AreEqual((Exact(scale + 1e-4) - Exact(scale - 1e-4)) / 2e-4, code.Slope(x, scale), 1e-5);
            Assert.AreEqual(0, new RateCode().Slope(x, scale));
        });

    private static SpikeTrain Draw(float[] probabilities, int steps, int seed)
    {
        var train = new SpikeTrain(steps);
        PoissonSampler.Draw(probabilities, CounterRandom.FromSeed(seed), train);
        return train;
    }

    private static Stimulus Encode(SpikeCode code, float[] row, int steps)
    {
        var stimulus = new Stimulus(steps);
        code.Encode([.. row], [], default, stimulus);
        return stimulus;
    }

    private static int[] Counts(SpikeTrain train, int inputs)
    {
        int[] counts = new int[inputs];
        for (int step = 0; step < train.Steps; step++)
            foreach (int input in train[step]) counts[input]++;
        return counts;
    }
}
