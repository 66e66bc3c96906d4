using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Fused;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.State;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Torch;

/// <summary>Whether fused kernels give, to the bit, what they are to give: tried on a small case before a training takes them.</summary>
internal static class KernelProof
{
    private const int Steps = 12, Batch = 5;

    // Of both types of neuron, no constant is the other's, and no reset is 0.
    private static readonly ColumnLayer s_layer = new()
    {
        Columns = 3,
        NeuronsPerColumn = 10,
        Excitatory = new LifNeuron { MembraneTimeConstant = 18, SynapseTimeConstant = 5, Threshold = 2.5f, Reset = -0.4f },
        Inhibitory = new LifNeuron { MembraneTimeConstant = 11, SynapseTimeConstant = 3, Threshold = 1.7f, Reset = 0.3f },
    };

    private static readonly SurrogateGradient[] s_surrogates =
        [new ATan { Slope = 1.5 }, new FastSigmoid(), new Triangle { Width = 0.7 }, new StraightThrough()];

    /// <summary>What differs, as the beginning of a sentence in the plural; null where nothing does.</summary>
    /// <param name="kernels">The kernels.</param>
    /// <param name="device">Where they compute.</param>
    public static string? Difference(FusedKernels kernels, Device device)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var managed = new ManagedKernels();
        using NeuronTensors neurons = new(s_layer, device), here = new(s_layer, CPU);
        using LifScan scan = LifScan.Of(s_layer, neurons)!, onHost = LifScan.Of(s_layer, here)!;

        // From -0.3 to 1.3, so that membranes fall below 0 and neurons fire.
        float[] currents = [.. Uniform(1).Select(number => 1.6f * number - 0.3f)], gradient = [.. Uniform(2).Select(number => number - 0.5f)];
        Tensor membranes = Placed(currents, device), expected = Placed(currents, CPU);
        Tensor spikes = kernels.Run(membranes, scan.Constants), expectedSpikes = managed.Run(expected, onHost.Constants);
        using NeuronRun run = scan.Run(Placed(currents, device), learning: null);
        if (!Same(spikes, run.Spikes) || !Same(spikes, expectedSpikes)) return "the spikes of its neurons";
        if (!Same(membranes, expected)) return "the membranes of its neurons";
        foreach (SurrogateGradient surrogate in s_surrogates)
        {
            Tensor found = Placed(gradient, device), expectedGradient = Placed(gradient, CPU);
            kernels.Back(found, membranes, scan.Constants, surrogate);
            managed.Back(expectedGradient, expected, onHost.Constants, surrogate);
            if (!Same(found, expectedGradient)) return $"the gradients of its {surrogate.GetType().Name}";
        }

        using var noise = new CounterNoise(device);
        CounterRandom random = CounterRandom.FromSeed(3);
        Tensor limits = SpikeCodeTensors.Limits(Placed([.. Uniform(4)], device)[0]).contiguous();
        return Same(kernels.Draw(limits, Steps, random.Key), noise.Spikes(limits, Steps, random)) ? null : "the spikes of its inputs";
    }

    private static IEnumerable<float> Uniform(int seed)
    {
        CounterRandom random = CounterRandom.FromSeed(seed);
        return Enumerable.Range(0, Steps * Batch * s_layer.Neurons).Select(i => (float)random.Uniform((ulong)i));
    }

    /// <summary>[time, batch, neuron].</summary>
    private static Tensor Placed(float[] numbers, Device device) => tensor(numbers, [Steps, Batch, s_layer.Neurons], device: device);

    private static bool Same(Tensor one, Tensor other) => one.ToArray().AsSpan().SequenceEqual(other.ToArray());
}
