using Microsoft.ML.Runtime;
using Microsoft.ML.Spiking;
using Microsoft.ML.Spiking.Checkpoints;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Hosting;

namespace Microsoft.ML;

/// <summary>Networks in checkpoints of PyTorch's, in <c>ml.Model</c>.</summary>
public static class PyTorchCatalog
{
    /// <summary>Loads a network that <see cref="PyTorchFile"/> reads: it predicts in a pipeline, and goes on into a model.zip.</summary>
    /// <param name="catalog">ml.Model.</param>
    /// <param name="path">The .pth.</param>
    /// <param name="options">What the file does not say; null where it says all that is needed.</param>
    /// <remarks>Hyperparams that are not understood, and so passed over, are named in one warning of the log.</remarks>
    /// <exception cref="InvalidDataException">Something is wrong with the file, or its network has no readout; the message names the file.</exception>
    /// <exception cref="ArgumentException">An option cannot be.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static SpikingNetworkTransformer LoadFromPyTorch(this ModelOperationsCatalog catalog, string path, PyTorchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        options ??= new PyTorchOptions();
        options.Check();
        var (model, outputs, passedOver) = PyTorchModel.Read(path, options);
        IHostEnvironment env = MLNet.Environment(catalog);
        if (passedOver.Length > 0)
        {
            using IChannel channel = env.Register(nameof(PyTorchFile)).Start("Loading");
            channel.Warning(MessageSensitivity.None, $"{passedOver.Length} of the hyperparams in '{path}' say nothing that is understood, and are passed "
                + $"over: {string.Join(", ", passedOver.Take(12))}.");
        }
        return outputs is not null
            ? new SpikingNetworkTransformer(env, model, outputs)
            : throw Trouble.Foreign.InvalidData($"'{path}' holds a network without a readout, which gives rates and no classes; read it by "
                + "PyTorchFile.Read, and let ml.Transforms.SpikingFeatures show its rates.");
    }
}
