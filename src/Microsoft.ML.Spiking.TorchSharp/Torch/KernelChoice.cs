using Microsoft.ML.Spiking.Fused;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Torch;

/// <summary>Whether a training takes fused kernels, and what is said of it.</summary>
internal sealed class KernelChoice : IDisposable
{
    /// <summary>An environment variable; at 0, no training takes them.</summary>
    public const string Switch = "SPIKING_FUSED_KERNELS";

    private KernelChoice(FusedKernels? kernels, string? remark) => (Kernels, Remark) = (kernels, remark);

    /// <summary>What offers kernels for a device instead of CUDA's driver: kernels by which the tests prove what a GPU would otherwise be needed for.</summary>
    public static Func<Device, FusedKernels?>? Instead { get; set; }

    /// <summary>The kernels; null where training goes by tensor operations alone.</summary>
    public FusedKernels? Kernels { get; }

    /// <summary>What a log is told of it; null where there is nothing to tell.</summary>
    public string? Remark { get; }

    /// <summary>For a device. Kernels are taken only where they give the numbers of tensor operations.</summary>
    public static KernelChoice For(Device device)
    {
        if (Instead is null && device.type != DeviceType.CUDA) return new KernelChoice(null, null);
        if (Environment.GetEnvironmentVariable(Switch) == "0") return Without($"the environment variable {Switch} says so");
        FusedKernels? kernels = null;
        try
        {
            kernels = Instead is { } offer ? offer(device) : CudaKernels.Open(CudaDriver.Load(), device.index);
            if (kernels is null) return new KernelChoice(null, null);
            if (KernelProof.Difference(kernels, device) is not { } difference)
                return new KernelChoice(kernels, "Neurons and their noise are computed by fused kernels.");
            kernels.Dispose();
            return Without($"{difference} are not those of the CPU");
        }
        catch (Exception failure) when (failure is DllNotFoundException or EntryPointNotFoundException or InvalidOperationException)
        {
            kernels?.Dispose();
            return Without(failure.Message.TrimEnd('.'));
        }
    }

    public void Dispose() => Kernels?.Dispose();

    private static KernelChoice Without(string reason) => new(null, $"Training goes by tensor operations and without fused kernels, since {reason}.");
}
