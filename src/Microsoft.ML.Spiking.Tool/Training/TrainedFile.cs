namespace Microsoft.ML.Spiking.Tool;

/// <summary>A trained network as a model.zip that says the class by its name.</summary>
internal static class TrainedFile
{
    /// <summary>The column with the predicted class's name.</summary>
    public const string PredictedClass = "PredictedClass";

    public static void Write(MLContext ml, SpikingNetworkTransformer network, Samples samples, string path)
    {
        ITransformer model = network;
        if (LabelValues.Of(samples.View.Schema[Samples.Label]) is not null)
            model = network.Append(ml.Transforms.Conversion.MapKeyToValue(PredictedClass, network.Model.Options.PredictedLabelColumnName).Fit(network.Transform(samples.View)));
        WholeFile.Write(path, stream => ml.Model.Save(model, samples.View.Schema, stream));
    }
}
