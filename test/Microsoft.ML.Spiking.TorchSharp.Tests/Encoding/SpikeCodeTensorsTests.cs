using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Tests.Encoding;

[TestClass]
public class SpikeCodeTensorsTests
{
    public static IEnumerable<object[]> Files => GoldenFile.Of("encoder");

    [TestMethod]
    [DynamicData(nameof(Files))]
    public void Probabilities_and_the_deterministic_code_follow_the_reference(string name)
    {
        LibTorch.EnsureLoaded();
        GoldenFile file = GoldenFile.Open(name);
        using var scope = NewDisposeScope();
        Tensor probability = SpikingNetworkOptions.Reference.Code.Probability(new Standardisation(0, 1), file.Tensor("inputs.x"), file.Tensor("inputs.input_scale"));
        Close.Values(file.Array("expected.probability"), probability.Read(), "probability");
        CollectionAssert.AreEqual(file.Array("expected.deterministic"), SpikingNetworkOptions.Reference.Evaluation.Encode(probability).Read());
    }

    [TestMethod]
    public void Both_forms_of_a_code_agree()
    {
        LibTorch.EnsureLoaded();
        using var scope = NewDisposeScope();
        float[] x = [-0.5f, 0, 0.2f, 0.9f, 1.5f];
        var options = new SpikingNetworkOptions();
        float[] expected = [.. x.Select(value => ((PoissonCode)options.Code).Probability(new Standardisation(0.1f, 2).Apply(value), 1))];
        Close.Values(expected, options.Code.Probability(new Standardisation(0.1f, 2), tensor(x, [1, 5]), inputScale: null).Read(), "probability");
    }

    [TestMethod]
    public void Of_equal_probabilities_the_first_inputs_are_chosen()
    {
        LibTorch.EnsureLoaded();
        using var scope = NewDisposeScope();
        Tensor p = tensor([0.4f, 0.5f, 0.4f, 0.4f, 0.2f], [1, 5]);
        CollectionAssert.AreEqual(new float[] { 1, 1, 1, 0, 0 }, new DeterministicCode { Fraction = 0.6 }.Encode(p).Read());
    }
}
