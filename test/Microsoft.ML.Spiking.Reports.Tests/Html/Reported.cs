using System.Text.Json;
using System.Text.RegularExpressions;

namespace Microsoft.ML.Spiking.Tests.Html;

/// <summary>Small networks to report of, trained once for all tests, and what was written of them.</summary>
internal static partial class Reported
{
    public static MLContext Ml { get; } = new(seed: 1);

    public static SpikingNetworkOptions Options { get; } = new()
    {
        Network = new SpikingNetwork
        {
            Readout = new Readout { HiddenUnits = 16 },
            Layers =
            [
                new ColumnLayer
                {
                    Columns = 12,
                    NeuronsPerColumn = 20,
                    Wiring = new WattsStrogatz { Neighbours = 4 },
                    StructuralPlasticity = new StructuralPlasticity { Interval = 10, GracePeriod = 0 },
                },
            ],
        },
        Epochs = 12,
        BatchSize = 12,
        ValidationFraction = 0.1,
        Seed = 1,
        Device = TrainingDevice.Cpu,
    };

    /// <summary>A pipeline of the class's key, the network and the class's name again, trained on strokes.</summary>
    public static ITransformer Strokes { get; } = Pipeline(Options).Fit(View(Stroke.Draw(120, seed: 1)));

    /// <summary>Sixty strokes, the last two of which are mislabelled.</summary>
    public static IDataView Unseen => View([.. Stroke.Draw(58, seed: 2), Stroke.Mislabelled(3), Stroke.Mislabelled(4)]);

    public static IDataView View(IEnumerable<Stroke> rows) => Ml.Data.LoadFromEnumerable(rows);

    public static IEstimator<ITransformer> Pipeline(SpikingNetworkOptions options)
        => Ml.Transforms.Conversion.MapValueToKey("Label", "Class")
            .Append(Ml.MulticlassClassification.Trainers.SpikingNetwork(options))
            .Append(Ml.Transforms.Conversion.MapKeyToValue("PredictedClass", "PredictedLabel"));

    /// <summary>The data within a report.</summary>
    public static JsonElement Data(string html) => JsonDocument.Parse(Block().Match(html).Groups[1].Value).RootElement;

    [GeneratedRegex("<script type=\"application/json\" id=\"report-data\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Block();
}
