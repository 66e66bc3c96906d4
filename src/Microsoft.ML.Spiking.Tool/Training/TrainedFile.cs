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
        try
        {
            WholeFile.Write(path, stream => ml.Model.Save(model, samples.View.Schema, stream));
        }
        catch (ArgumentOutOfRangeException refusal)
        {
            // ML.NET writes entries into files of its own first, and .NET takes one that a limit lets grow no more for an argument out of its range.
            throw new IOException("a file may not grow so large there.", refusal);
        }
    }

    /// <summary>A model whose place is gone: what is left of the training, or what can be saved of it still.</summary>
    /// <param name="plan">What was to be done.</param>
    /// <param name="error">Why the model cannot be written.</param>
    /// <param name="write">Writes it to a path.</param>
    public static Failure Lost(TrainPlan plan, Exception error, Action<string> write)
    {
        if (File.Exists(plan.Checkpoint.Path))
            return WrittenFile.Refusal(
                plan.Output, $"the training is kept in '{plan.Checkpoint.Path}'; name another place: {plan.SaveElsewhereCommand}", error);
        string rescue = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}-{Path.GetFileName(plan.Output)}");
        try
        {
            write(rescue);
            return WrittenFile.Refusal(plan.Output, $"it was written to '{rescue}' instead; move it to where it is to be.", error);
        }
        catch (Exception again) when (WrittenFile.IsOfDisk(again))
        {
            return WrittenFile.Refusal(plan.Output, $"make room, and name another place with {TrainOptions.OutputName}.", error);
        }
    }
}
