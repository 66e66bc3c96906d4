using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Applications;
using Microsoft.ML.Spiking.Samples.Mnist;
using Microsoft.ML.Spiking.Samples.Web;
using Microsoft.ML.Spiking.Tests;

namespace Microsoft.ML.Spiking.Samples.Tests.Web;

/// <summary>A network that reads digits, trained once for all tests, in seconds: on MNIST where it is, else on digits that the Mnist sample draws.</summary>
internal static class TestModel
{
    private static readonly Lazy<string> s_zip = new(Train);
    private static readonly Lazy<ServedModel> s_served = new(() => ServedModel.Load(Zip));
    private static readonly Lazy<PredictionEngine<DigitRow, DigitAnswer>> s_engine = new(Load);

    /// <summary>Its model.zip.</summary>
    public static string Zip => s_zip.Value;

    public static ServedModel Served => s_served.Value;

    /// <summary>Digits that it was not trained on: pixels from 0 to 1.</summary>
    public static float[][] Digits { get; } = [.. DrawnDigits.Draw(50, seed: 3).Pixels.Chunk(28 * 28).Select(digit => digit.Select(grey => grey / 255f).ToArray())];

    /// <summary>What ML.NET's own engine says, for one thread at a time.</summary>
    public static DigitAnswer Ask(float[] pixels) => s_engine.Value.Predict(new DigitRow { Features = pixels });

    private static string Train()
    {
        var ml = new MLContext(seed: 1);
        IDataView digits = RequiresMnistAttribute.Folder is null ? Drawn(ml) : Microsoft.ML.Spiking.Tests.Mnist.Training(ml);
        var model = ml.MulticlassClassification.Trainers.SpikingNetwork(new SpikingNetworkOptions { Batches = 469, ValidationFraction = 0.02 })
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedClass", "PredictedLabel")).Fit(digits);
        string zip = Path.Combine(Directory.CreateTempSubdirectory("spiking-web").FullName, "model.zip");
        ml.Model.Save(model, digits.Schema, zip);
        return zip;
    }

    private static IDataView Drawn(MLContext ml)
    {
        (byte[] pixels, byte[] labels) = DrawnDigits.Draw(6_000, seed: 1);
        IDataView rows = ml.Data.LoadFromEnumerable(pixels.Chunk(28 * 28).Zip(labels, (digit, label) => new DigitRow { Features = [.. digit.Select(grey => grey / 255f)], Label = $"{label}" }));
        return ml.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(rows).Transform(rows);
    }

    private static PredictionEngine<DigitRow, DigitAnswer> Load()
    {
        var ml = new MLContext();
        return ml.Model.CreatePredictionEngine<DigitRow, DigitAnswer>(ml.Model.Load(Zip, out _));
    }
}
