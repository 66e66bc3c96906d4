using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Tests.Descent;

[TestClass]
public class GradientDescentTests
{
    private static readonly SpikingNetworkOptions s_options = new()
    {
        Network = new SpikingNetwork
        {
            Readout = new Readout { HiddenUnits = 20 },
            Layers =
            [
                new ColumnLayer
                {
                    Columns = 9,
                    NeuronsPerColumn = 10,
                },
            ],
        },
        Optimiser = new AdamW { LearningRate = 0.1, GradientNormLimit = 1, WeightDecay = 0 },
    };

    [TestMethod]
    public void An_array_is_clipped_together_with_the_parameters_and_its_gradient_is_forgotten()
    {
        LibTorch.EnsureLoaded();
        using var scope = NewDisposeScope();
        using var network = new NetworkTensors(s_options.Network, inputs: 3, classes: 2, seed: 1, CPU);
        using var descent = network.Descent(s_options.Optimiser, total: 1000);
        var array = new TrainedArray(new AlignedFloats(1), new AlignedFloats(1));
        descent.Add(0.5f, array);
        network.OutputBias.grad = tensor([0f, 3f]);
        array.Gradient.Span[0] = 4;

        Assert.AreEqual(5, descent.GradientNorm().item<float>(), 1e-6f);
        descent.Step();

        // AdamW's first step has the size of the learning rate, 0.1 · ½, whatever the gradient's.
        Assert.AreEqual(-0.05f, array.Weights.Span[0], 1e-6f);
        Assert.AreEqual(0, array.Gradient.Span[0]);
        Assert.IsNull(network.OutputBias.grad);
        Assert.AreEqual(0, descent.GradientNorm().item<float>());
    }

    [TestMethod]
    public void Tensor_operations_and_the_kernel_train_the_same()
    {
        LibTorch.EnsureLoaded();
        using var scope = NewDisposeScope();
        using var one = nn.Parameter(arange(40, dtype: float32));
        using var other = nn.Parameter(arange(40, dtype: float32));
        using var kernel = new TrainedParameter(one);
        using var operations = new TrainedDeviceParameter(other);
        using var noGrad = no_grad();
        for (int n = 1; n <= 3; n++)
        {
            one.grad = linspace(-n, 2, 40, dtype: float32);
            other.grad = linspace(-n, 2, 40, dtype: float32);
            Assert.AreEqual(operations.SquaredNorm().item<float>(), kernel.SquaredNorm().item<float>(), 1e-4f);
            kernel.Step(s_options.Optimiser, tensor(0.3f), learningRate: 0.1);
            operations.Step(s_options.Optimiser, tensor(0.3f), learningRate: 0.1);
            Close.Values(other.Read(), one.Read(), $"weights after step {n}");
        }
    }
}
