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
        Console.WriteLine($"processor: {Processor()}, {Environment.ProcessorCount} cores, Vector512 {(Vector512.IsHardwareAccelerated ? "in hardware" : "not in hardware")}");
        Console.WriteLine($"runtime: {RuntimeInformation.FrameworkDescription}, libtorch {torch.__version__}, {torch.get_num_threads()} threads of its own");
    }

    private static string Processor()
    {
        const string Source = "/proc/cpuinfo";
        string? line = File.Exists(Source) ? File.ReadLines(Source).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':') + 1)..].Trim();
    }
}
