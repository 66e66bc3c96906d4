using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Tests.Codes;

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
        Tensor probability = SpikingNetworkOptions.Reference.Network.ChosenCode.Probability(file.Tensor("inputs.x"), file.Tensor("inputs.input_scale"));
        Close.Values(file.Array("expected.probability"), probability.Read(), "probability");
        CollectionAssert.AreEqual(file.Array("expected.deterministic"), SpikingNetworkOptions.Reference.Network.EvaluationCode.Encode(probability).Read());
    }

    [TestMethod]
    public void Both_forms_of_a_code_agree()
    {
        LibTorch.EnsureLoaded();
        using var scope = NewDisposeScope();
        float[] x = [-0.5f, 0, 0.2f, 0.9f, 1.5f];
        var code = new RateCode { MaximumProbability = 0.7 };
        Close.Values(Array.ConvertAll(x, value => code.Probability(value, 1)), code.Probability(tensor(x, [1, 5]), inputScale: null).Read(), "probability");
    }

    [TestMethod]
    [DataRow(new[] { 2f }, new[] { 4f }, DisplayName = "one scale for all")]
    [DataRow(new[] { 2f, 1, 0 }, new[] { 4f, 3, float.PositiveInfinity }, DisplayName = "a scale for each of three inputs, in both steps")]
    public void Features_are_standardised_alike_on_tensors_and_in_rows(float[] offset, float[] unit)
    {
        LibTorch.EnsureLoaded();
        using var scope = NewDisposeScope();
        var scales = new Standardisation([.. offset], [.. unit]);
        float[] row = [6, 7, 8, 9, 10, 11];
        using var tensors = new StandardisationTensors(scales, CPU);
        float[] onTensors = tensors.Apply(tensor(row, [1, 6])).Read();
        scales.Apply(row);
        CollectionAssert.AreEqual(row, onTensors);
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
