using TorchSharp;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>The GPUs that libtorch finds.</summary>
internal static class Gpu
{
    /// <summary>Lets a training that leaves the device open have the first one, where there is any.</summary>
    /// <exception cref="Failure">The one that was asked for is not there.</exception>
    public static void Offer(MLContext ml, TrainingDevice wanted)
    {
        int found = torch.cuda_is_available() ? torch.cuda.device_count() : 0;
        if (wanted.Kind == TrainingDeviceKind.Cuda && wanted.Index >= found)
            throw Failure.BackEnd($"--device asks for CUDA GPU {wanted.Index}, but libtorch finds {(found == 0 ? "none" : $"{found}, counted from 0")}.",
                "train with --device cpu, or see 'spiking doctor'.");
        if (wanted.Kind == TrainingDeviceKind.Auto && found > 0) ml.GpuDeviceId = 0;
    }
}
