using Microsoft.ML.Runtime;
using Microsoft.ML.Spiking.Ground;
using TorchSharp;

namespace Microsoft.ML.Spiking.Training;

/// <summary>Where a run trains, said in one line.</summary>
internal static class DeviceChoice
{
    /// <exception cref="InvalidOperationException">The GPU that was asked for is not there, and MLContext.FallbackToCpu is off.</exception>
    public static torch.Device Make(TrainingDevice wanted, IHostEnvironment env, IChannel channel)
    {
        int? contextGpu = MLNet.GpuDeviceId(env);
        (int? gpu, string reason) = wanted.Kind switch
        {
            TrainingDeviceKind.Cpu => ((int?)null, "as the options say"),
            TrainingDeviceKind.Cuda => (wanted.Index, "as the options say"),
            _ when contextGpu is { } id => (id, "as MLContext.GpuDeviceId says"),
            _ => (null, "since MLContext.GpuDeviceId is not set"),
        };
        if (gpu is not { } index)
        {
            channel.Info(MessageSensitivity.None, $"Training on the CPU, {reason}.");
            return torch.CPU;
        }

        int found = torch.cuda_is_available() ? torch.cuda.device_count() : 0;
        if (index < found)
        {
            channel.Info(MessageSensitivity.None, $"Training on CUDA GPU {index}, {reason}.");
            return torch.device($"cuda:{index}");
        }
        string absent = found == 0
            ? $"CUDA GPU {index} was asked for, but libtorch finds none: it needs an NVIDIA driver and a TorchSharp-cuda package in place of TorchSharp-cpu"
            : $"CUDA GPU {index} was asked for, but there are only {found}, counted from 0";
        if (!MLNet.FallbackToCpu(env))
            throw Trouble.Gpu.InvalidOperation(absent + ". Set MLContext.FallbackToCpu, or train on TrainingDevice.Cpu.");
        channel.Warning(MessageSensitivity.None, absent + ". Training on the CPU, as MLContext.FallbackToCpu says.");
        return torch.CPU;
    }
}
