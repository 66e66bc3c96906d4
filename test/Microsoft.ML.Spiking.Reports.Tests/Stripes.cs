using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>Images of 5 by 4 pixels with a stripe, lying or standing, and a network that learnt them.</summary>
internal static class Stripes
{
    public const int Height = 5, Width = 4;

    private static readonly Lazy<(SpikingNetworkTransformer, IDataView)> s_trained = new(Train);

    /// <summary>8 columns of 10 neurons, 8 of them excitatory; 12 steps; connections that come and go.</summary>
    public static SpikingModel Model => s_trained.Value.Item1.Model;

    public static ConfusionMatrix Confusion
        => new MLContext().MulticlassClassification.Evaluate(s_trained.Value.Item1.Transform(s_trained.Value.Item2)).ConfusionMatrix;

    public static ReliabilityDiagram Reliability => ReliabilityDiagram.Measure(s_trained.Value.Item1.Transform(s_trained.Value.Item2));

    /// <summary>What the network does with a lying stripe.</summary>
    public static SpikeRecording Recording => new SpikeRecorder(Model).Record(Image(0));

    public static float[] Image(int row)
        => [.. Enumerable.Range(0, Height * Width)
            .Select(pixel => (row % 2 == 0 ? pixel / Width == row / 2 % Height : pixel % Width == row / 2 % Width) ? 1f : 0.1f)];

    /// <summary>A model with its one layer changed, and so its network.</summary>
    public static SpikingModel With(this SpikingModel model, Func<TrainedLayer, TrainedLayer> change)
    {
        TrainedLayer layer = change(model.Layers[0]);
        return model with { Layers = [layer], Network = model.Network with { Layers = [layer.Layer] } };
    }

    private static (SpikingNetworkTransformer, IDataView) Train()
    {
        var ml = new MLContext(seed: 1);
        var schema = SchemaDefinition.Create(typeof(Stripe));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Height, Width);
        IEnumerable<Stripe> stripes = Enumerable.Range(0, 40).Select(row => new Stripe { Kind = row % 2 == 0 ? "lying" : "standing", Features = Image(row) });
        IDataView images = ml.Data.LoadFromEnumerable(stripes, schema);
        IDataView rows = ml.Transforms.Conversion.MapValueToKey("Label", "Kind").Fit(images).Transform(images);
        return (ml.MulticlassClassification.Trainers.SpikingNetwork(new SpikingNetworkOptions
        {
            Network = new SpikingNetwork
            {
                TimeSteps = 12,
                EvaluationCode = new ExpectedCode(),
                Readout = new Readout { HiddenUnits = 8, Dropout = 0 },
                Layers =
                [
                    new ColumnLayer
                    {
                        Columns = 8,
                        NeuronsPerColumn = 10,
                        Wiring = new WattsStrogatz { Neighbours = 4 },
                        Plasticity = new CorrelationStdp { LearningRate = 0.5 },
                        StructuralPlasticity = new StructuralPlasticity { Interval = 3, GracePeriod = 1, FormationThreshold = 0, PruningThreshold = -1 },
                    },
                ],
            },
            Epochs = 8,
            BatchSize = 10,
            ValidationFraction = 0.25,
            Seed = 1,
            Device = TrainingDevice.Cpu,
        }).Fit(rows), rows);
    }
}

internal sealed class Stripe
{
    public string Kind { get; set; } = "";

    [VectorType(Stripes.Height * Stripes.Width)]
    public float[] Features { get; set; } = [];
}
