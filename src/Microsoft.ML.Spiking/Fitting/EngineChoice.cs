using Microsoft.ML.Runtime;
using Microsoft.ML.Spiking.Engines;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Managed;

namespace Microsoft.ML.Spiking.Fitting;

/// <summary>By what code a run trains and where, said in one line.</summary>
internal sealed class EngineChoice
{
    private readonly TorchLibrary? _torch;
    private readonly int? _gpu;

    private EngineChoice(TorchLibrary? torch, int? gpu) => (_torch, _gpu) = (torch, gpu);

    /// <summary>Whether the network trains in managed code.</summary>
    public bool IsManaged => _torch is null;

    /// <exception cref="InvalidOperationException">
    /// The GPU that was asked for is not there, and MLContext.FallbackToCpu is off; or torch was asked for, and its library or libtorch is not there.
    /// </exception>
    public static EngineChoice Make(SpikingNetworkOptions options, IHostEnvironment env, IChannel channel)
    {
        int? contextGpu = MLNet.GpuDeviceId(env);
        (int? gpu, string reason) = options.Device.Kind switch
        {
            _ when options.Communicator is not null || options.GradientBlocks > 1 => ((int?)null, "where batches are learnt from in blocks"),
            _ when options.Engine == TrainingEngine.Managed => (null, "since the options' Engine is Managed"),
            TrainingDeviceKind.Cpu => (null, "as the options say"),
            TrainingDeviceKind.Cuda => (options.Device.Index, "as the options say"),
            _ when contextGpu is { } id => (id, "as MLContext.GpuDeviceId says"),
            _ => (null, "since MLContext.GpuDeviceId is not set"),
        };
        if (gpu is { } index)
        {
            if (Absence(index) is not { } absent)
            {
                channel.Info(MessageSensitivity.None, $"Training on CUDA GPU {index}, {reason}.");
                return new EngineChoice(TorchLibrary.Found, index);
            }
            if (!MLNet.FallbackToCpu(env)) throw Trouble.Gpu.InvalidOperation($"{absent}. Set MLContext.FallbackToCpu, or train on TrainingDevice.Cpu.");
            channel.Warning(MessageSensitivity.None, $"{absent}. Training on the CPU, as MLContext.FallbackToCpu says.");
        }
        else
        {
            channel.Info(MessageSensitivity.None, $"Training on the CPU, {reason}.");
        }
        return options.Engine == TrainingEngine.Torch ? new EngineChoice(Loaded(), gpu: null) : new EngineChoice(torch: null, gpu: null);
    }

    /// <summary>Begins a training.</summary>
    public NetworkTraining Begin(TrainingSetup setup) => _torch?.Begin(setup, _gpu) ?? new ManagedTraining(setup);

    private static TorchLibrary Loaded()
    {
        TorchLibrary torch = TorchLibrary.Found ?? throw Trouble.LibTorch.InvalidOperation(
            $"Engine is Torch, but the library {TorchLibrary.Name} is not there; reference its package and TorchSharp-cpu, or do without.");
        torch.Load();
        return torch;
    }

    /// <summary>Why a GPU cannot be trained on, as a sentence without its full stop; null where it can.</summary>
    private static string? Absence(int index)
    {
        const string Cuda = "a TorchSharp-cuda package";
        if (TorchLibrary.Found is not { } torch)
            return $"CUDA GPU {index} was asked for, but the library {TorchLibrary.Name}, which trains on it, is not there: reference its package and {Cuda}";
        torch.Load();
        return torch.Gpus switch
        {
            0 => $"CUDA GPU {index} was asked for, but libtorch finds none: it needs an NVIDIA driver for CUDA 12.8, and {Cuda} in place of TorchSharp-cpu",
            int found when index >= found => $"CUDA GPU {index} was asked for, but there are only {found}, counted from 0",
            _ => null,
        };
    }
}
