using System.Text.Json.Serialization;

namespace Microsoft.ML.Spiking;

/// <summary>Where a network trains.</summary>
public readonly record struct TrainingDevice
{
    [JsonConstructor]
    internal TrainingDevice(TrainingDeviceKind kind, int index) => (Kind, Index) = (kind, index);

    /// <summary>The GPU that MLContext.GpuDeviceId names, or the CPU where it names none.</summary>
    public static TrainingDevice Auto => new(TrainingDeviceKind.Auto, 0);

    /// <summary>The CPU, whatever the context says.</summary>
    public static TrainingDevice Cpu => new(TrainingDeviceKind.Cpu, 0);

    /// <summary>The CUDA GPU of this index, from 0.</summary>
    public static TrainingDevice Cuda(int index = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return new(TrainingDeviceKind.Cuda, index);
    }

    /// <summary>The kind of device.</summary>
    public TrainingDeviceKind Kind { get; }

    /// <summary>Which GPU, from 0; 0 for the other kinds.</summary>
    public int Index { get; }

    /// <summary>Auto, Cpu or Cuda(n).</summary>
    public override string ToString() => Kind == TrainingDeviceKind.Cuda ? $"Cuda({Index})" : Kind.ToString();
}
