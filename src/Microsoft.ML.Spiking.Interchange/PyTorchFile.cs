using Microsoft.ML.Spiking.Checkpoints;

namespace Microsoft.ML.Spiking;

/// <summary>A trained network in a .pth of PyTorch's: those that the published program saved come in, and what goes out torch.load reads.</summary>
/// <remarks>
/// <para>A .pth holds a pickle, which in Python is a program: loading a stranger's file there may do anything. Here it is read by a few instructions that lay
/// out data and a list of names that stand for data; nothing else is ever made or called.</para>
/// <para>A file that this library wrote comes back bit for bit, whatever its network is. Of the published program's it reads what predicts, and leaves the
/// averages as they are in the file.</para>
/// </remarks>
public static class PyTorchFile
{
    /// <summary>Writes a network, and what its classes are called.</summary>
    /// <param name="network">The network in a pipeline; of a whole pipeline <see cref="SpikingNetworkTransformer.Of"/> gives it.</param>
    /// <param name="path">The file, which is there whole or not at all.</param>
    /// <param name="golden">What the file promises of the network; null for nothing.</param>
    /// <exception cref="NotSupportedException">Its labels are of a type that is not stored.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(SpikingNetworkTransformer network, string path, GoldenRows? golden = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        PyTorchModel.Write(path, network.Model, network.Outputs, golden);
    }

    /// <summary>Writes a network without names of classes.</summary>
    /// <param name="model">The network.</param>
    /// <param name="path">The file, which is there whole or not at all.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(SpikingModel model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        PyTorchModel.Write(path, model, outputs: null);
    }

    /// <summary>Reads a checkpoint of the published program, its state_dict alone, or a file that this library wrote.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What the file does not say; null where it says all that is needed.</param>
    /// <exception cref="InvalidDataException">
    /// The one exception for all that is wrong with the file; its message names the file and what is wrong. Nothing in it is executed, and nothing large is
    /// allocated for sizes that lie.
    /// </exception>
    /// <exception cref="ArgumentException">An option cannot be.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static SpikingModel Read(string path, PyTorchOptions? options = null)
    {
        options ??= new PyTorchOptions();
        options.Check();
        return PyTorchModel.Read(path, options).Model;
    }

    /// <summary>What a file promises of its network; null where it promises nothing.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">Something is wrong with the file; the message names it.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static GoldenRows? ReadGolden(string path) => PyTorchModel.ReadGolden(path);
}
