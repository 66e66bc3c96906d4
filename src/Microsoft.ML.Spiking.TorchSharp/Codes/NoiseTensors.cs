using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Codes;

/// <summary>Random numbers for tensors.</summary>
internal static class NoiseTensors
{
    /// <summary>Numbers within [0, 1), the same on every device.</summary>
    /// <remarks>
    /// TorchSharp 0.107 makes a CPU's generator whatever device it is asked for, and a GPU's kernels refuse it: the numbers are drawn on the CPU, and
    /// then sent.
    /// </remarks>
    /// <param name="generator">A CPU's.</param>
    /// <param name="shape">How many.</param>
    /// <param name="device">Where they are wanted.</param>
    public static Tensor Uniform(this Generator generator, long[] shape, Device device)
        => rand(shape, float32, CPU, generator: generator).to(device);
}
