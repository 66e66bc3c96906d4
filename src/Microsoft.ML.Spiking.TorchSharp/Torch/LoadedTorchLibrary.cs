using Microsoft.ML.Spiking.Engines;
using Microsoft.ML.Spiking.Native;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Torch;

/// <summary>What the main library finds by its name (<see cref="TorchLibrary.Found"/>).</summary>
internal sealed class LoadedTorchLibrary : TorchLibrary
{
    /// <summary>Where to train instead of where is asked: a second device, on which the tests prove what a GPU would otherwise be needed for.</summary>
    public static Device? Elsewhere { get; set; }

    public override int Gpus => cuda_is_available() ? cuda.device_count() : 0;

    public override bool IsCuda
    {
        get
        {
            using var process = System.Diagnostics.Process.GetCurrentProcess();
            return process.Modules.Cast<System.Diagnostics.ProcessModule>().Any(module => module.ModuleName.Contains("torch_cuda", StringComparison.Ordinal));
        }
    }

    public override void Load() => LibTorch.EnsureLoaded();

    public override NetworkTraining Begin(TrainingSetup setup, int? gpu)
        => new TorchTraining(setup, Elsewhere ?? (gpu is { } index ? device($"cuda:{index}") : CPU));
}
