namespace Microsoft.ML.Spiking.Tests.Codes;

[TestClass]
public class EvaluationCodeTests
{
    private static readonly float[] s_features = [0.2f, 0, 1, 0.6f, 0.8f];

    public static IEnumerable<object[]> Noiseless =>
        [[new DirectCode()], [new LatencyCode()], [new DeltaCode()], [new TopKCode { Fraction = 0.5 }]];

    [TestMethod]
    [DynamicData(nameof(Noiseless))]
    public void A_code_without_noise_is_its_own_expectation(SpikeCode code)
    {
        string trained = Training(code, seed: 1);
        Assert.AreEqual(trained, Training(code, seed: 2));
        Assert.AreEqual(trained, Evaluation(code, new ExpectedCode(), s_features));
        Assert.AreEqual(trained, Evaluation(code, new TrainingCode(), s_features));
    }

    [TestMethod]
    public void The_expectation_of_a_Poisson_code_is_its_probabilities()
        => Assert.AreEqual("0: 0.1, 2: 0.5, 3: 0.3, 4: 0.4", Evaluation(new RateCode(), new ExpectedCode(), s_features));

    [TestMethod]
    public void The_same_code_has_noise_that_is_a_function_of_the_row_and_the_seed()
    {
        string once = Evaluation(new RateCode(), new TrainingCode(), s_features);
        Assert.AreEqual(once, Evaluation(new RateCode(), new TrainingCode(), s_features));
        Assert.AreNotEqual(once, Evaluation(new RateCode(), new TrainingCode { Seed = 1 }, s_features));
        float[] other = [.. s_features];
        other[0] += 0.0001f;
        Assert.AreNotEqual(once, Evaluation(new RateCode(), new TrainingCode(), other));
    }

    [TestMethod]
    public void The_same_code_spikes_as_often_as_training_does()
    {
        var stimulus = new Stimulus(20_000);
        Encoder(new RateCode(), new TrainingCode()).Evaluate([.. s_features], stimulus);
        int[] counts = new int[5];
        for (int step = 0; step < stimulus.Steps; step++)
            foreach (int input in stimulus.Train[step]) counts[input]++;
        // √(20,000 · ¼) = 71 at most.
        for (int i = 0; i < counts.Length; i++) Assert.AreEqual(10_000 * s_features[i], counts[i], 4 * 71, $"input {i}");
    }

    [TestMethod]
    public void The_deterministic_code_needs_probabilities()
    {
        new SpikingNetworkOptions { Network = new SpikingNetwork { Code = new SigmoidCode(), EvaluationCode = new DeterministicCode() } }.Check();
        var refused = Assert.ThrowsExactly<ArgumentException>(() => (SpikingNetworkOptions.Reference with { Network = SpikingNetworkOptions.Reference.Network with { Code = new LatencyCode() } }).Check());
        Assert.AreEqual("EvaluationCode is DeterministicCode, which ranks the probabilities of a Poisson code, but Code is LatencyCode, which has none; evaluate with ExpectedCode or TrainingCode. [SPK1001]",
            refused.Message);
    }

    [TestMethod]
    public void Numbers_that_cannot_be_are_refused()
    {
        foreach (SpikeCode code in (SpikeCode[])[new DirectCode { Gain = 0 }, new LatencyCode { MinimumIntensity = -0.1 }, new DeltaCode { Threshold = 0 },
            new TopKCode { Fraction = 1.1 }, new TopKCode { MinimumIntensity = 2 }, new RateCode { MaximumProbability = 1.1 }])
            Assert.ThrowsExactly<ArgumentException>(() => new SpikingNetworkOptions { Network = new SpikingNetwork { Code = code } }.Check(), code.ToString());
    }

    private static string Training(SpikeCode code, int seed)
    {
        var stimulus = new Stimulus(5);
        Encoder(code, new ExpectedCode()).Train([.. s_features], CounterRandom.FromSeed(seed), stimulus);
        return stimulus.Text();
    }

    private static string Evaluation(SpikeCode code, EvaluationCode evaluation, float[] features)
    {
        var stimulus = new Stimulus(5);
        Encoder(code, evaluation).Evaluate([.. features], stimulus);
        return stimulus.Text();
    }

    private static SampleEncoder Encoder(SpikeCode code, EvaluationCode evaluation)
        => new(new SpikingNetwork { Code = code, EvaluationCode = evaluation }, new Standardisation(0, 1), default);
}
