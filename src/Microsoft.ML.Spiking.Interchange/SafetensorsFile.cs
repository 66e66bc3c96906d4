using Microsoft.ML.Spiking.Tensors;

namespace Microsoft.ML.Spiking;

/// <summary>A trained network in one safetensors file: every tool that reads the format sees its weights, by name; this library sees the network.</summary>
/// <remarks>
/// Weights are float32, bit for bit. What else the network is and remembers, from its options to its provenance, stands as JSON in the file's __metadata__,
/// which other tools show or pass over. Nothing in such a file can be executed.
/// </remarks>
public static class SafetensorsFile
{
    /// <summary>Writes a network, and what its classes are called.</summary>
    /// <param name="network">The network in a pipeline; of a whole pipeline <see cref="SpikingNetworkTransformer.Of"/> gives it.</param>
    /// <param name="path">The file, which is there whole or not at all.</param>
    /// <param name="golden">What the file promises of the network; null for nothing.</param>
    /// <exception cref="NotSupportedException">Its history is too long for the file's header, or its labels are of a type that is not stored.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(SpikingNetworkTransformer network, string path, GoldenRows? golden = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        SafetensorsModel.Write(path, network.Model, network.Outputs, golden);
    }

    /// <summary>Writes a network without names of classes.</summary>
    /// <param name="model">The network.</param>
    /// <param name="path">The file, which is there whole or not at all.</param>
    /// <exception cref="NotSupportedException">Its history is too long for the file's header.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(SpikingModel model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        SafetensorsModel.Write(path, model, outputs: null);
    }

    /// <summary>Reads a network that <see cref="Write(SpikingModel, string)"/> wrote; its tensors may have been written again, in any order.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">
    /// The one exception for all that is wrong with the file; its message names the file and what is wrong. Nothing large is allocated for sizes that lie.
    /// </exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static SpikingModel Read(string path) => SafetensorsModel.Read(path).Model;

    /// <summary>What a file promises of its network; null where it promises nothing.</summary>
    /// <inheritdoc cref="Read"/>
    public static GoldenRows? ReadGolden(string path) => SafetensorsModel.ReadGolden(path);
}
