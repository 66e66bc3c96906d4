using TorchSharp;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>libtorch and the device, before there is a training that would need them.</summary>
internal static class DeviceCheck
{
    /// <summary>Loads libtorch, and lets a training that leaves the device open have the first GPU, where there is one.</summary>
    public static void Prepare(MLContext ml, TrainingDevice device)
    {
        BackEnd.Load();
        int gpus = torch.cuda_is_available() ? torch.cuda.device_count() : 0;
        if (device.Kind == TrainingDeviceKind.Cuda && device.Index >= gpus)
            throw Failure.BackEnd($"--device asks for CUDA GPU {device.Index}, but libtorch finds {(gpus == 0 ? "none" : $"{gpus}, counted from 0")}.", "train with --device cpu, or see 'spiking doctor'.");
        if (device.Kind == TrainingDeviceKind.Auto && gpus > 0) ml.GpuDeviceId = 0;
    }
}
