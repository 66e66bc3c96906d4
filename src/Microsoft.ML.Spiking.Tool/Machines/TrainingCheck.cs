using System.Diagnostics;
using System.Runtime.CompilerServices;
using TorchSharp;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>Whether libtorch loads, finds a GPU, and trains.</summary>
internal static class TrainingCheck
{
    /// <param name="load">Loads libtorch; throws where it cannot.</param>
    public static IEnumerable<Finding> Examine(Action load)
    {
        try
        {
            load();
        }
        catch (Failure failure) when (failure.Code is ExitCode.BackEnd)
        {
            return [Finding.Fail("libtorch", failure.Message, failure.Hint)];
        }
        return Loaded();
    }

    // Apart, since a method that names torch may not be compiled before it is loaded.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static IEnumerable<Finding> Loaded()
        => [Finding.Ok("libtorch", $"{torch.__version__}, through TorchSharp {Machine.VersionOf(typeof(torch))}, {torch.get_num_threads()} threads"), Cuda(),
            Train()];

    private static Finding Cuda()
    {
        if (torch.cuda_is_available()) return Finding.Ok("CUDA", $"{torch.cuda.device_count()} GPU(s)");
        return Path.Exists("/proc/driver/nvidia/version") || Path.Exists("/dev/dxg")
            ? Finding.Warn("CUDA", "there is an NVIDIA driver, but this libtorch is the CPU's",
                "to train on the GPU, build a program with TorchSharp-cuda-linux or TorchSharp-cuda-windows; the tool's package carries the CPU's libtorch.")
            : Finding.Ok("CUDA", "no NVIDIA driver; networks train on the CPU");
    }

    private static Finding Train()
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            var ml = new MLContext(seed: 1);
            var options = new SpikingNetworkOptions
            {
                Network = new SpikingNetwork { Layers = [new ColumnLayer { Columns = 4, NeuronsPerColumn = 16 }] },
                Batches = 2, BatchSize = 8, Device = TrainingDevice.Cpu, Seed = 1,
            };
            ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(RandomImages.Load(ml, rows: 16, new ImageSize(4, 4), classes: 2));
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return Finding.Fail("training", error.Message.ReplaceLineEndings(" "), "run it again with --verbose, and tell the authors.");
        }
        return Finding.Ok("training", FormattableString.Invariant($"a small network trained in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s"));
    }
}
