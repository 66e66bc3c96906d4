using System.Diagnostics;
using System.Runtime.Intrinsics;
using Microsoft.ML.Spiking.Engines;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>Whether networks train: on the CPU, and where this tool was built with libtorch on each GPU.</summary>
internal static class TrainingCheck
{
    public static IEnumerable<Finding> Examine()
        => [Train("training", TrainingDevice.Cpu, FormattableString.Invariant($"in managed code, vectors of {Width} bits")), .. Gpus(TorchLibrary.Found)];

    private static int Width => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <param name="torch">The library that trains on GPUs; null where this tool was built without.</param>
    public static IEnumerable<Finding> Gpus(TorchLibrary? torch)
    {
        bool driver = Path.Exists("/proc/driver/nvidia/version") || Path.Exists("/dev/dxg")
            || File.Exists(Path.Combine(Environment.SystemDirectory, "nvcuda.dll"));
        if (torch is null)
        {
            yield return WithoutTorch(driver);
            yield break;
        }
        (Finding state, int gpus) = Loaded(torch, driver);
        yield return state;
        for (int gpu = 0; gpu < gpus; gpu++) yield return Train($"GPU {gpu}", TrainingDevice.Cuda(gpu), "on libtorch");
    }

    /// <param name="driver">Whether there is an NVIDIA driver.</param>
    public static Finding WithoutTorch(bool driver) => driver
        ? Finding.Warn("GPU", "there is an NVIDIA driver, but this tool trains on the CPU",
            "build a program with Microsoft.ML.Spiking.TorchSharp and a TorchSharp-cuda package, or this tool with -p:TorchBackend=cuda-linux.")
        : Finding.Ok("GPU", "no NVIDIA driver; networks train on the CPU");

    /// <param name="gpus">GPUs that libtorch finds.</param>
    /// <param name="cuda">Whether libtorch is CUDA's.</param>
    /// <param name="driver">Whether there is an NVIDIA driver.</param>
    public static Finding WithTorch(int gpus, bool cuda, bool driver) => (gpus, cuda, driver) switch
    {
        ( > 0, _, _) => Finding.Ok("GPU", $"libtorch finds {gpus}"),
        (_, true, true) => Finding.Warn("GPU", "there are an NVIDIA driver and CUDA's libtorch, but it finds no GPU",
            "a container needs --gpus, CUDA_VISIBLE_DEVICES must not be empty, and the driver must serve CUDA 12.8."),
        (_, false, true) => Finding.Warn("GPU", "there is an NVIDIA driver, but this libtorch is the CPU's",
            "build with -p:TorchBackend=cuda-linux or cuda-windows."),
        _ => Finding.Ok("GPU", "no NVIDIA driver; networks train on the CPU"),
    };

    private static (Finding State, int Gpus) Loaded(TorchLibrary torch, bool driver)
    {
        try
        {
            torch.Load();
        }
        catch (InvalidOperationException refusal)
        {
            string[] lines = refusal.Message.Split(Environment.NewLine, 2);
            return (Finding.Warn("GPU", lines[0], lines is [_, var advice] ? advice.ReplaceLineEndings(" ") : "networks train on the CPU all the same."), 0);
        }
        return (WithTorch(torch.Gpus, torch.IsCuda, driver), torch.Gpus);
    }

    private static Finding Train(string name, TrainingDevice device, string how)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            var ml = new MLContext(seed: 1);
            var options = new SpikingNetworkOptions
            {
                Network = new SpikingNetwork { Layers = [new ColumnLayer { Columns = 4, NeuronsPerColumn = 16 }] },
                Batches = 2, BatchSize = 8, Device = device, Seed = 1,
            };
            ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(RandomImages.Load(ml, rows: 16, new ImageSize(4, 4), classes: 2));
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return Finding.Fail(name, error.Message.ReplaceLineEndings(" "), "run it again with --verbose, and tell the authors.");
        }
        return Finding.Ok(name, FormattableString.Invariant($"a small network trained {how}, {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s"));
    }
}
