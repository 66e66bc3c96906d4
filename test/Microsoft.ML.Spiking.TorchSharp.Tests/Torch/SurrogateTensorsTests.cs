using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Tests.Torch;

[TestClass]
public class SurrogateTensorsTests
{
    public static IEnumerable<object[]> All => [[new ATan()], [new ATan { Slope = 0.5 }], [new FastSigmoid { Slope = 10 }], [new Triangle { Width = 0.7 }], [new StraightThrough()]];

    [TestMethod]
    [DynamicData(nameof(All))]
    public void Autograd_finds_the_derivative_that_the_kernels_use_and_sees_hard_spikes_forward(SurrogateGradient surrogate)
    {
        LibTorch.EnsureLoaded();
        using var scope = NewDisposeScope();
        float[] distances = [-3, -0.9f, -0.31f, -0.02f, 0.05f, 0.2f, 0.66f, 1.4f];
        Tensor v = tensor(distances, requires_grad: true);
        Tensor spike = surrogate.Spike(v.ge(0.0.Rooted()), v);
        spike.sum().backward();

        Close.Values([0, 0, 0, 0, 1, 1, 1, 1], spike.Read(), "spikes");
        Close.Values([.. distances.Select(surrogate.Derivative)], v.grad!.Read(), "derivatives");
    }

    [TestMethod]
    [DynamicData(nameof(All))]
    public void Back_by_hand_is_the_derivative_times_the_gradient(SurrogateGradient surrogate)
    {
        LibTorch.EnsureLoaded();
        using var scope = NewDisposeScope();
        float[] distances = [-3, -0.9f, -0.31f, -0.02f, 0.05f, 0.2f, 0.66f, 1.4f], gradient = [1, -2, 3, -4, 5, -6, 7, -8];

        using var numbers = new DeviceNumbers(CPU);
        Tensor found = surrogate.Back(tensor(distances), tensor(gradient), numbers);

        Close.Values([.. distances.Zip(gradient, (v, g) => surrogate.Derivative(v) * g)], found.Read(), "products");
    }

    [TestMethod]
    [DynamicData(nameof(All))]
    public void The_derivative_is_that_of_the_smooth_spike(SurrogateGradient surrogate)
    {
        LibTorch.EnsureLoaded();
        using var scope = NewDisposeScope();
        const double Step = 1e-5;
        foreach (double v in (double[])[-2, -0.4, -0.1, 0.08, 0.3, 1.2])
        {
            double[] smooth = surrogate.Smooth(tensor([v - Step, v + Step], dtype: float64)).data<double>().ToArray();
            Assert.AreEqual(surrogate.Derivative((float)v), (smooth[1] - smooth[0]) / (2 * Step), 1e-4);
        }
    }
}
