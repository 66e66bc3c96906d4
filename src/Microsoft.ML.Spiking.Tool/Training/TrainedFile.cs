using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Hosting;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>A trained network as a model.zip that says the class by its name.</summary>
internal static class TrainedFile
{
    /// <summary>The column with the predicted class's name.</summary>
    public const string PredictedClass = "PredictedClass";

    /// <param name="ml">The context.</param>
    /// <param name="fill">What fills in missing numbers before the network sees them; null where nothing does.</param>
    /// <param name="network">The network.</param>
    /// <param name="samples">The rows, as the file holds them.</param>
    /// <param name="path">The model.zip.</param>
    public static void Write(MLContext ml, ITransformer? fill, SpikingNetworkTransformer network, Samples samples, string path)
    {
        ITransformer model = fill is null ? network : fill.Append(network);
        if (LabelValues.Of(samples.View.Schema[Samples.Label]) is not null)
            model = model.Append(ml.Transforms.Conversion.MapKeyToValue(PredictedClass, network.Model.Names.PredictedLabel).Fit(model.Transform(samples.View)));
        WholeFile.Write(path, stream => ml.Model.Save(model, samples.View.Schema, stream));
    }
}
