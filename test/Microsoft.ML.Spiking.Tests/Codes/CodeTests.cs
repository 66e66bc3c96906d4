namespace Microsoft.ML.Spiking.Tests.Codes;

[TestClass]
public class CodeTests
{
    public static IEnumerable<object[]> Files => GoldenFile.Of("encoder");

    [TestMethod]
    [DynamicData(nameof(Files))]
    public void Probabilities_and_the_deterministic_code_follow_the_reference(string name)
    {
        GoldenFile file = GoldenFile.Open(name);
        float[] x = file.Array("inputs.x"), scale = file.Array("inputs.input_scale");
        var encoder = new SampleEncoder(SpikingNetworkOptions.Reference.Network, new Standardisation(0, 1), scale);
        float[] probability = new float[x.Length], deterministic = new float[x.Length];
        var stimulus = new Stimulus(steps: 1);
        for (int at = 0; at < x.Length; at += scale.Length)
        {
            Span<float> row = probability.AsSpan(at, scale.Length);
            x.AsSpan(at, scale.Length).CopyTo(row);
            ((PoissonCode)SpikingNetworkOptions.Reference.Network.ChosenCode).Probabilities(row, scale);
            encoder.Evaluate(x.AsSpan(at, scale.Length), stimulus);
            for (int k = 0; k < stimulus.Inputs.Length; k++) deterministic[at + stimulus.Inputs[k]] = stimulus.Values[k];
        }
        Close.Values(file.Array("expected.probability"), probability, "probability");
        CollectionAssert.AreEqual(file.Array("expected.deterministic"), deterministic);
    }

    [TestMethod]
    public void Intensities_are_clamped_and_taken_as_parts_of_the_largest()
    {
        var code = new RateCode { MaximumProbability = 0.8 };
        float[] x = [8, -1, 20];
        code.Standardise(FeatureStatistics.Shared(mean: 3, deviation: 2, low: 0, high: 16), FeatureScaling.Shared).Apply(x);
        CollectionAssert.AreEqual(new[] { 0.4f, 0, 0.8f }, Array.ConvertAll(x, value => code.Probability(value, 1)));
    }

    [TestMethod]
    public void The_sigmoid_code_measures_what_it_is_not_given()
    {
        var measured = FeatureStatistics.Shared(mean: 3, deviation: 2, low: 0, high: 16);
        Assert.AreEqual(new Standardisation(3, 2), new SigmoidCode().Standardise(measured, FeatureScaling.Shared));
        Assert.AreEqual(new Standardisation(0.1307f, 0.3081f), SpikingNetworkOptions.Reference.Network.ChosenCode.Standardise(measured, FeatureScaling.Shared));
    }
}
