using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TorchSharp;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>What the figures were measured on: without it they say nothing.</summary>
internal static class Machine
{
    public static void Print()
    {
        LibTorch.EnsureLoaded();
        Console.WriteLine($"processor: {Processor()}, {Environment.ProcessorCount} cores");
        Console.WriteLine($"kernels: vectors of {Width()} bits; for frozen weights, {BatchKernels.Fastest.Name}");
        Console.WriteLine($"runtime: {RuntimeInformation.FrameworkDescription}, libtorch {torch.__version__}, {torch.get_num_threads()} threads of its own");
    }

    /// <summary>Of the widest vectors that .NET has in hardware; a Vector512 is made of them.</summary>
    private static int Width()
        => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;

    private static string Processor()
    {
        const string Source = "/proc/cpuinfo";
        string? line = File.Exists(Source) ? File.ReadLines(Source).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':') + 1)..].Trim();
    }
}
