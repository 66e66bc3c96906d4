using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>Three classes, a, b and c, in turn. Each lights two inputs of its own, the others glow; the last of the seven inputs is always dark.</summary>
internal static class Toy
{
    public const int Inputs = 7;

    /// <summary>Trains for a moment.</summary>
    public static SpikingNetworkOptions Options { get; } = new()
    {
        Network = new SpikingNetwork
        {
            TimeSteps = 10,
            Readout = new Readout { HiddenUnits = 16 },
            Code = new RateCode { MaximumProbability = 1 },
            Scaling = FeatureScaling.Shared,
            Layers =
            [
                new ColumnLayer
                {
                    Columns = 4,
                    NeuronsPerColumn = 16,
                    Wiring = new WattsStrogatz { Neighbours = 2 },
                },
            ],
        },
        Batches = 3,
        BatchSize = 12,
        Seed = 1,
        Device = TrainingDevice.Cpu,
    };

    /// <summary>Trains long enough to tell the classes apart.</summary>
    public static SpikingNetworkOptions Able { get; } = Options with { Batches = 30, Optimiser = new AdamW { LearningRate = 0.02 } };

    private static readonly Lazy<SpikingNetworkTransformer> s_trained = new(() =>
    {
        var ml = new MLContext(seed: 1);
        return ml.MulticlassClassification.Trainers.SpikingNetwork(Able).Fit(Data(ml));
    });

    public static Sample[] Samples(int rows)
    {
        var random = CounterRandom.FromSeed(7);
        return [.. Enumerable.Range(0, rows).Select(row => new Sample { Id = row, Class = "abc"[row % 3].ToString(), Features = Features(row % 3, random.For((ulong)row)) })];
    }

    /// <summary>Rows with Id, Class, Features and Label, a key of the three classes.</summary>
    public static IDataView Data(MLContext ml, int rows = 24) => Keyed(ml, Samples(rows));

    /// <param name="ml">The context.</param>
    /// <param name="samples">The rows.</param>
    /// <param name="dimensions">Of the features; none for a vector.</param>
    public static IDataView Keyed(MLContext ml, IEnumerable<Sample> samples, params int[] dimensions)
    {
        IDataView all = ml.Data.LoadFromEnumerable(Samples(3));
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Sample));
        if (dimensions.Length > 0) schema[nameof(Sample.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, dimensions);
        return ml.Transforms.Conversion.MapValueToKey("Label", "Class").Fit(all).Transform(ml.Data.LoadFromEnumerable(samples, schema));
    }

    /// <summary>Trained by <see cref="Able"/>, once for all tests: it is immutable.</summary>
    public static SpikingNetworkTransformer Trained => s_trained.Value;

    private static float[] Features(int label, CounterRandom random)
        => [.. Enumerable.Range(0, Inputs).Select(i => i == Inputs - 1 ? 0 : (float)((i / 2 == label ? 0.7 : 0) + 0.3 * random.Uniform((ulong)i)))];
}

internal sealed class Sample
{
    public int Id { get; set; }

    public string Class { get; set; } = "";

    [VectorType(Toy.Inputs)]
    public float[] Features { get; set; } = [];
}

internal sealed class Prediction
{
    public uint PredictedLabel { get; set; }

    public float[] Score { get; set; } = [];

    public float[] SpikeRate { get; set; } = [];
}
