using Microsoft.ML.Spiking;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Spiking.Tensors;

namespace Microsoft.ML;

/// <summary>Networks in safetensors files, in <c>ml.Model</c>.</summary>
public static class SafetensorsCatalog
{
    /// <summary>Loads a network that <see cref="SafetensorsFile"/> wrote, as it stood in its pipeline: it predicts, and goes on into a model.zip.</summary>
    /// <param name="catalog">ml.Model.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">Something is wrong with the file, or its network has no readout; the message names the file.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static SpikingNetworkTransformer LoadFromSafetensors(this ModelOperationsCatalog catalog, string path)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        var (model, outputs) = SafetensorsModel.Read(path);
        return outputs is not null
            ? new SpikingNetworkTransformer(MLNet.Environment(catalog), model, outputs)
            : throw Trouble.Foreign.InvalidData($"'{path}' holds a network without a readout, which gives rates and no classes; read it by "
                + "SafetensorsFile.Read, and let ml.Transforms.SpikingFeatures show its rates.");
    }
}
