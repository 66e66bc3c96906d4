using System.Text.Json.Serialization;

namespace Microsoft.ML.Spiking;

/// <summary>What code a network trains by. All engines implement the same equations.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TrainingEngine>))]
public enum TrainingEngine
{
    /// <summary>Torch on the GPU that the options or the MLContext name, else managed.</summary>
    Auto,

    /// <summary>Managed code on the CPU: needs no native library, and gives the same model to the byte on every processor.</summary>
    Managed,

    /// <summary>
    /// libtorch, on the CPU or a CUDA GPU: needs the package Microsoft.ML.Spiking.TorchSharp and one of libtorch. On the CPU it is slower than managed code.
    /// </summary>
    Torch,
}
