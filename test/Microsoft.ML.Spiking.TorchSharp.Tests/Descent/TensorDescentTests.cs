using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Tests.Descent;

[TestClass]
public class TensorDescentTests
{
    private static readonly AdamW s_rule = new() { LearningRate = 0.1, GradientNormLimit = 1, WeightDecay = 0.2 };

    [TestMethod]
    [DataRow(0)]
    [DataRow(0.4)]
    public void Tensors_and_arrays_train_the_same(double memory)
    {
        AdamW rule = s_rule with { AverageMemory = memory };
        LibTorch.EnsureLoaded();
        using var scope = NewDisposeScope();
        using TorchSharp.Modules.Parameter one = nn.Parameter(arange(40, dtype: float32)), two = nn.Parameter(ones(3));
        using var tensors = new TensorDescent(rule, CPU, total: 10);
        tensors.Add(1, one);
        tensors.Add(0.5, two);
        TrainedArray first = new([40], one.Read()), second = new([3], two.Read());
        var arrays = new GradientDescent(rule, total: 10);
        arrays.Add(1, first);
        arrays.Add(0.5, second);
        for (int n = 1; n <= 3; n++)
        {
            one.grad = linspace(-n, 2, 40, dtype: float32);
            two.grad = ones(3).mul(n);
            one.grad.Read().CopyTo(first.Gradient.Span);
            two.grad.Read().CopyTo(second.Gradient.Span);

            Assert.AreEqual(tensors.GradientNorm().item<float>(), arrays.GradientNorm(), 1e-4);
            CollectionAssert.AreEqual(tensors.LearningRates, arrays.LearningRates);
            tensors.Step();
            arrays.Step();
            Close.Values(one.Read(), first.Weights.Span.ToArray(), $"weights after step {n}");
            Close.Values(two.Read(), second.Weights.Span.ToArray(), $"the others after step {n}");
        }
        CollectionAssert.AreEqual(tensors.Steps, arrays.Steps);
        CollectionAssert.AreEqual(tensors.State.Select(array => array.Name).ToArray(), arrays.State.Select(array => array.Name).ToArray());
        float[] own = one.Read(), model = tensors.OfModel(one.Read);
        Close.Values(model, arrays.OfModel(() => first.Weights.Span.ToArray()), "weights of a model");
        Assert.AreEqual(memory > 0, !own.SequenceEqual(model));
        CollectionAssert.AreEqual(own, one.Read(), "training goes on from where it was");
        foreach (var (tensor, array) in tensors.State.Zip(arrays.State)) Close.Values(tensor.Read(), array.Read(), tensor.Name);
    }
}
