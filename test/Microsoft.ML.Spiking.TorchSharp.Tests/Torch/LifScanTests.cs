using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Tests.Torch;

/// <summary>All steps in few operations are the steps one by one.</summary>
[TestClass]
public class LifScanTests
{
    private const int Batch = 7, Neurons = 3 * 10;

    public static IEnumerable<object[]> Cases =>
        from steps in (int[])[1, 2, 3, 8, 50]
        from reset in (float[])[0, -0.4f]
        from learning in (ColumnLearning[])[new Reservoir(), new Surrogate(), new Surrogate { Gradient = new FastSigmoid() }, new Surrogate { Gradient = new Triangle() }]
        select new object[] { steps, reset, learning };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Spikes_are_the_same_to_the_bit_and_gradients_but_for_rounding(int steps, float reset, ColumnLearning learning)
    {
        LibTorch.EnsureLoaded();
        using var scope = NewDisposeScope();
        var layer = new ColumnLayer
        {
            Columns = 3,
            NeuronsPerColumn = 10,
            Excitatory = new LifNeuron { MembraneTimeConstant = 18, SynapseTimeConstant = 5, Threshold = 2.5f, Reset = reset },
            Inhibitory = new LifNeuron { MembraneTimeConstant = 11, SynapseTimeConstant = 3, Threshold = 1.7f, Reset = reset },
            Learning = learning,
        };
        using var neurons = new NeuronTensors(layer, CPU);
        using LifScan scan = LifScan.Of(layer, neurons)!;
        using var generator = new Generator((ulong)steps, CPU);
        Tensor currents = rand([steps, Batch, Neurons], float32, CPU, generator: generator) * 1.6 - 0.3, weights = rand([steps, Batch, Neurons], float32, CPU, generator: generator) - 0.5;

        using NeuronRun loop = NeuronLoop.Of(NeuronStep.Of(layer.Excitatory), neurons.Now(), currents.clone(), learning as Surrogate, heard: null);
        using NeuronRun all = scan.Run(currents.clone(), learning as Surrogate);
        using var kernels = new ManagedKernels();
        using LifScan fusing = LifScan.Of(layer, neurons, kernels)!;
        using NeuronRun fused = fusing.Run(currents.clone(), learning as Surrogate);

        CollectionAssert.AreEqual(loop.Spikes.Read(), all.Spikes.Read());
        CollectionAssert.AreEqual(loop.Spikes.Read(), fused.Spikes.Read());
        if (steps > 5) Assert.IsGreaterThan(20, loop.Spikes.sum().item<float>(), "the neurons must fire for this to tell anything");
        if (learning is not Surrogate) return;
        float[] expected = loop.Backward(weights).Read(), actual = all.Backward(weights.clone()).Read(), byKernel = fused.Backward(weights.clone()).Read();
        float largest = expected.Max(MathF.Abs);
        Assert.IsGreaterThan(1e-3f, largest);
        for (int i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], actual[i], 1e-6f * Math.Max(1, largest), $"gradient {i}");
        for (int i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], byKernel[i], 1e-6f * Math.Max(1, largest), $"fused gradient {i}");
    }

    [TestMethod]
    public void What_needs_each_step_by_itself_has_none()
    {
        LibTorch.EnsureLoaded();
        using var scope = NewDisposeScope();
        var layer = new ColumnLayer { Columns = 3, NeuronsPerColumn = 10 };
        foreach (ColumnLayer other in (ColumnLayer[])
            [layer with { Coupling = 0.1 }, layer with { Recurrence = new Recurrence() }, layer with { Learning = new Surrogate { Reset = ResetGradient.Attached } }, layer with { Learning = new Surrogate { Neurons = NeuronLearning.Thresholds } },
                layer with { Excitatory = new AdaptiveLifNeuron(), Inhibitory = new AdaptiveLifNeuron() }])
        {
            using var neurons = new NeuronTensors(other, CPU);
            Assert.IsNull(LifScan.Of(other, neurons));
        }
    }
}
