using System.Text.Json.Serialization;

namespace Microsoft.ML.Spiking;

/// <summary>The kinds of device that a network trains on.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TrainingDeviceKind>))]
public enum TrainingDeviceKind
{
    /// <summary>As the MLContext says.</summary>
    Auto,

    /// <summary>The CPU.</summary>
    Cpu,

    /// <summary>A CUDA GPU.</summary>
    Cuda,
}
