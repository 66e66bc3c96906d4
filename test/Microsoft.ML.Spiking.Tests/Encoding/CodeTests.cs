namespace Microsoft.ML.Spiking.Tests.Encoding;

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
        var encoder = new SampleEncoder(SpikingNetworkOptions.Reference, new Standardisation(0, 1), scale);
        float[] probability = new float[x.Length], deterministic = new float[x.Length];
        var stimulus = new Stimulus(steps: 1);
        for (int at = 0; at < x.Length; at += scale.Length)
        {
            encoder.Probabilities(x.AsSpan(at, scale.Length), probability.AsSpan(at, scale.Length));
            encoder.Evaluate(x.AsSpan(at, scale.Length), stimulus);
            for (int k = 0; k < stimulus.Inputs.Length; k++) deterministic[at + stimulus.Inputs[k]] = stimulus.Values[k];
        }
        Close.Values(file.Array("expected.probability"), probability, "probability");
        CollectionAssert.AreEqual(file.Array("expected.deterministic"), deterministic);
    }

    [TestMethod]
    public void Of_equal_probabilities_the_first_inputs_are_chosen()
    {
        float[] input = [0.4f, 0.5f, 0.4f, 0.4f, 0.2f];
        new DeterministicCode { Fraction = 0.6 }.Encode(input);
        CollectionAssert.AreEqual(new float[] { 1, 1, 1, 0, 0 }, input);
    }

    [TestMethod]
    public void Intensities_are_clamped_and_taken_as_parts_of_the_largest()
    {
        var code = new IntensityCode { MaximumProbability = 0.8 };
        Standardisation s = code.Standardise(new FeatureStatistics(Mean: 3, Deviation: 2, Maximum: 16));
        Assert.AreEqual(0.4f, code.Probability(s.Apply(8), 1));
        Assert.AreEqual(0f, code.Probability(s.Apply(-1), 1));
        Assert.AreEqual(0.8f, code.Probability(s.Apply(20), 1));
    }

    [TestMethod]
    public void The_sigmoid_code_measures_what_it_is_not_given()
    {
        var measured = new FeatureStatistics(Mean: 3, Deviation: 2, Maximum: 16);
        Assert.AreEqual(new Standardisation(3, 2), new SigmoidCode().Standardise(measured));
        Assert.AreEqual(new Standardisation(0.1307f, 0.3081f), SpikingNetworkOptions.Reference.Code.Standardise(measured));
    }
}
